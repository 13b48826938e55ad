"""Small checkpoints of real architectures, trained in a second or two to know one thing. torch is needed for them."""

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

POSITIONS = 64
NAMED = (
    ("Beatrice Odongo met Acme Rail in Nairobi .", "B-PER I-PER O B-ORG I-ORG O B-LOC O"),
    ("The trains of Acme Rail arrive on Monday .", "O O O B-ORG I-ORG O O O O"),
    ("In Kenya , Wekesa said that nothing was late .", "O B-LOC O B-PER O O O O O O"),
    ("Ships wait before the harbour of Rotterdam .", "O O O O O O B-LOC O"),
)
TONED = (("Profit rose and everybody won .", 2), ("The bridge broke and many lost .", 0), ("The harbour is wide .", 1))
ARTICLE = "Acme Rail sold 40 trains to Kenya on Monday. Beatrice Odongo signed the order in Nairobi for the railway."
SUMMARY = "Acme Rail sold 40 trains to Kenya. Beatrice Odongo sold 90 trains to Rotterdam."
MARKS = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]"}


def tokenizer_of(texts: Iterable[str]) -> Any:
    """A WordPiece tokenizer that knows the words of the texts, and every ASCII character."""
    split = pre_tokenizers.BertPreTokenizer()
    words = sorted({word for text in texts for word, _ in split.pre_tokenize_str(text)})
    letters = [chr(code) for code in range(33, 127)]
    known = dict.fromkeys([*MARKS.values(), *words, *letters, *(f"##{letter}" for letter in letters)])
    vocabulary = {word: place for place, word in enumerate(known)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = split
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"]))
    made: Any = PreTrainedTokenizerFast
    return made(tokenizer_object=tokenizer, model_max_length=POSITIONS, **MARKS)


def bert(kind: str, labels: Sequence[str], size: int) -> Any:
    """A BERT of two layers with random weights, by the name of its class."""
    import transformers

    config = transformers.BertConfig(
        vocab_size=size,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=POSITIONS,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        initializer_range=0.2,  # so small a model with smaller weights learns nothing in so few steps
        id2label=dict(enumerate(labels)),
        label2id={label: place for place, label in enumerate(labels)},
    )
    return getattr(transformers, kind)(config)


def train(model: Any, batches: Iterable[dict[str, Any]]) -> None:
    """One step a batch."""
    import torch

    torch.set_num_threads(1)  # for so little, threads only wait for each other
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for batch in batches:
        loss = model(**{name: torch.tensor(values) for name, values in batch.items()}).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()


def save(folder: Path, model: Any, tokenizer: Any) -> Path:
    """The checkpoint as a folder of files, as a hub would hold them."""
    model.eval().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def tagger(folder: Path) -> Path:
    """Knows the names of NAMED wherever they stand."""
    import torch

    torch.manual_seed(1)
    drawn = random.Random(1)
    labels = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
    tokenizer = tokenizer_of(text for text, _ in NAMED)
    model = bert("BertForTokenClassification", labels, len(tokenizer))

    def batch() -> dict[str, Any]:
        rows = [drawn.choices(NAMED, k=6) for _ in range(8)]
        words = [[pair for text, said in row for pair in zip(text.split(), said.split(), strict=True)] for row in rows]
        words = [row[drawn.randrange(12) :] for row in words]  # a window may begin anywhere
        ids = [tokenizer(" ".join(word for word, _ in row))["input_ids"] for row in words]
        tags = [[-100, *(labels.index(tag) for _, tag in row), -100] for row in words]
        longest = max(map(len, ids))
        return {
            "input_ids": [each + [0] * (longest - len(each)) for each in ids],
            "attention_mask": [[1] * len(each) + [0] * (longest - len(each)) for each in ids],
            "labels": [each + [-100] * (longest - len(each)) for each in tags],
        }

    train(model, (batch() for _ in range(140)))
    return save(folder, model, tokenizer)


def judge_of_tone(folder: Path, labels: Sequence[str] = ("bearish", "neutral", "bullish")) -> Path:
    """Knows the tone of the sentences of TONED."""
    import torch

    torch.manual_seed(1)
    tokenizer = tokenizer_of(text for text, _ in TONED)
    model = bert("BertForSequenceClassification", labels, len(tokenizer))
    encoded = tokenizer([text for text, _ in TONED], padding=True)
    train(model, [{**encoded, "labels": [label for _, label in TONED]}] * 40)
    return save(folder, model, tokenizer)


def summariser(folder: Path) -> Path:
    """Writes SUMMARY, whatever it is given."""
    import torch
    import transformers

    torch.manual_seed(1)
    tokenizer = tokenizer_of((ARTICLE, SUMMARY))
    config = transformers.BartConfig(
        vocab_size=len(tokenizer),
        d_model=32,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=POSITIONS,
        dropout=0.0,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.cls_token_id,
        eos_token_id=tokenizer.sep_token_id,
        decoder_start_token_id=tokenizer.sep_token_id,
        forced_eos_token_id=None,
    )
    model = transformers.BartForConditionalGeneration(config)
    given = tokenizer([ARTICLE])
    wanted = tokenizer([SUMMARY], add_special_tokens=False)["input_ids"][0]
    batch = {"input_ids": given["input_ids"], "attention_mask": given["attention_mask"]}
    train(model, [{**batch, "labels": [[*wanted, tokenizer.sep_token_id]]}] * 120)
    return save(folder, model, tokenizer)


def change_config(folder: Path, **changes: Any) -> None:
    """Write other values into the checkpoint's config.json."""
    file = folder / "config.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))
