"""What the model is trained to lower: one sum over the targets a batch has."""

import torch
from torch import Tensor
from torch.nn import functional

from transforms.reader.decode import LABELS
from transforms.reader.training.batches import Batch
from transforms.reader.training.examples import IGNORED, SOME_NAME
from transforms.reader.training.model import ReaderModel, owner_means

MISC = [index for index, label in enumerate(LABELS) if label.endswith("MISC")]
TWEET_WEIGHTS = (1.3, 0.7, 1.2)  # neutral is two thirds of the tweets
WEIGHTS = {"names": 1.0, "hints": 0.4, "targets": 1.0, "sentences": 0.6, "salience": 0.5, "meaning": 4.0}


def names_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy of the labels. Where MISC was not marked, O means "O or MISC" and both are right.

    Of a hint, every label but O is right.
    """
    chances = functional.log_softmax(logits, dim=-1)
    held = batch.labels != IGNORED
    labels = batch.labels.clamp(min=0)
    loss = -chances.gather(-1, labels[..., None])[..., 0]
    either = -torch.logsumexp(chances[..., [0, *MISC]], dim=-1)
    is_hint = batch.labels == SOME_NAME
    open_o = (labels == 0) & ~batch.has_misc[:, None]
    loss = torch.where(open_o, either, loss)
    return torch.where(is_hint, -torch.logsumexp(chances[..., 1:], dim=-1), loss)[held].mean()


def target_inputs(hidden: Tensor, sentences: Tensor, batch: Batch) -> Tensor:
    """[targets, 768]: mean of the target's positions, mean of its sentence."""
    spans = [hidden[row, first:last].mean(dim=0) for row, first, last, _, _ in batch.aimed.tolist()]
    return torch.cat([torch.stack(spans), sentences[batch.aimed[:, 3]]], dim=1)


def salience_logits(model: ReaderModel, sentences: Tensor, batch: Batch) -> Tensor:
    """[sentences]: the document is what the window shows of it."""
    documents = owner_means(sentences[None], batch.articles[None], int(batch.articles.max()) + 1)[batch.articles]
    return model.salience(torch.cat([sentences, documents, batch.places], dim=1))[:, 0]


def losses(model: ReaderModel, batch: Batch, taught: Tensor) -> dict[str, Tensor]:
    """The losses of the targets that the batch has, by name. taught: float[all sentences, 384] of the teacher."""
    hidden, logits = model.encoder(batch.ids, batch.casing, batch.mask)
    found: dict[str, Tensor] = {}
    if bool((batch.labels != IGNORED).any()):
        found["hints" if len(batch.aimed) else "names"] = names_loss(logits, batch)
    sentences = owner_means(hidden, batch.owner, len(batch.articles))
    if len(batch.aimed):
        guessed = model.entity_sentiment(target_inputs(hidden, sentences, batch))
        found["targets"] = functional.cross_entropy(guessed, batch.aimed[:, 4])
    if bool((batch.sentiments != IGNORED).any()):
        weight = None if len(batch.aimed) else torch.tensor(TWEET_WEIGHTS, device=hidden.device)
        guessed = model.sentence_sentiment(sentences)
        found["sentences"] = functional.cross_entropy(guessed, batch.sentiments, weight, ignore_index=IGNORED)
    known = ~batch.salience.isnan()
    if bool(known.any()):
        guessed = salience_logits(model, sentences, batch)[known]
        found["salience"] = functional.binary_cross_entropy_with_logits(guessed, batch.salience[known])
    held = batch.teacher >= 0
    if bool(held.any()):
        ours = model.embedding(sentences[held])
        theirs = taught[batch.teacher[held]].float()
        found["meaning"] = 1 - functional.cosine_similarity(ours, theirs, dim=-1).mean()
    return found


def weighted(found: dict[str, Tensor]) -> Tensor:
    """The sum that is lowered."""
    return torch.stack([WEIGHTS[name] * value for name, value in found.items()]).sum()
