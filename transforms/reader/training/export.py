"""Ships a trained model.

`python -m transforms.reader.training.export --model OUT/model.pt --folder transforms/reader/weights`

Writes encoder.onnx (int8 weights, per channel; with --fp32 as trained), heads.npz, tokenizer.json, and config.json with
the hashes that the reader checks before it believes them.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from transforms.reader.reader import FILES
from transforms.reader.training.model import ReaderModel, base_folder
from transforms.reader.windows import WINDOW

OPSET = 17
EXAMPLE = 24  # positions of the example that the graph is traced with; the axis stays free


def load_model(path: Path) -> ReaderModel:
    """The trained model, ready to be run."""
    model = ReaderModel()
    model.load_state_dict(torch.load(path, weights_only=True))
    return model.eval()


def write_encoder(model: ReaderModel, path: Path) -> None:
    """The encoder as a float32 ONNX graph: ids, casing int64[1, T] to hidden [1, T, 384] and logits [1, T, 9]."""
    ids = torch.full((1, EXAMPLE), 1037)
    casing = torch.ones_like(ids)
    free = {0: "batch", 1: "positions"}
    torch.onnx.export(
        model.encoder,
        (ids, casing),
        str(path),
        input_names=["ids", "casing"],
        output_names=["hidden", "logits"],
        dynamic_axes={"ids": free, "casing": free, "hidden": free, "logits": free},
        opset_version=OPSET,
        dynamo=False,  # the newer exporter wants a package of its own
    )


def quantize(source: Path, target: Path) -> None:
    """Weights to int8, one scale a channel; the label layer stays as it is, it is small and names hang on it."""
    prepared = source.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared), str(target), weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=["/tags/MatMul"]
    )


def export(model_file: Path, folder: Path, *, is_quantized: bool = True) -> None:
    """Write the reader's files of the trained model to `folder`."""
    model = load_model(model_file)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        write_encoder(model, plain)
        if is_quantized:
            quantize(plain, folder / "encoder.onnx")
        else:
            shutil.copy(plain, folder / "encoder.onnx")
    heads = {name: value.numpy() for name, value in model.state_dict().items() if not name.startswith("encoder.")}
    np.savez(folder / "heads.npz", **heads)
    shutil.copy(base_folder() / "tokenizer.json", folder / "tokenizer.json")
    seal(folder, "int8" if is_quantized else "float32")


def seal(folder: Path, precision: str) -> None:
    """Write config.json with the hashes of the files as they now are."""
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    config = {"window": WINDOW, "precision": precision, "sha256": hashes}
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--fp32", action="store_true", help="do not quantize")
    given = parser.parse_args()
    export(given.model, given.folder, is_quantized=not given.fp32)
