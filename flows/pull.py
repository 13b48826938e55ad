"""Pull: the files of a checkpoint at a fixed revision, from a hub to a folder of the home, each checked by its hash.

Only weights in safetensors, the tokenizer and the configuration are fetched. The folder appears whole or not at all; a
pull that was cut off keeps the files that had arrived.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from flows.errors import ConfigurationError, HomeUnusable, StopRun
from flows.settings import variable
from transforms.backends.hub.checkpoint import Checkpoint

HUB = "https://huggingface.co"
RECORD = "pulled.json"
LIMIT_BYTES = 6_000_000_000
PAGE_BYTES = 8_000_000  # of what the hub says of a checkpoint
WANTED = re.compile(
    r"(?:config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab)\.json"
    r"|vocab\.txt|merges\.txt|(?:spiece|tokenizer|sentencepiece\.bpe)\.model"
    r"|model(?:-\d{5}-of-\d{5})?\.safetensors|model\.safetensors\.index\.json"
)

Told = Callable[[str, int, int], None]
"""A file's name, megabytes that are here, megabytes in all."""


@dataclass(frozen=True)
class File:
    """One file as the hub states it. sha256: of large files; blob: git's hash of the others."""

    name: str
    size: int
    sha256: str
    blob: str


def pull(checkpoint: Checkpoint, told: Told, limit: int = LIMIT_BYTES) -> bool:
    """Fetch the checkpoint into its folder; False where it was there already.

    Raises ConfigurationError where the hub has no such thing, StopRun where it could not be fetched whole, HomeUnusable
    where the disk has no room.
    """
    if (checkpoint.folder / RECORD).is_file():
        return False
    endpoint = (variable("HF_ENDPOINT") or HUB).rstrip("/")
    token = variable("HF_TOKEN")
    headers = {"authorization": f"Bearer {token}"} if token else {}
    folder = checkpoint.folder.with_name(f"{checkpoint.revision}.part")
    try:
        with httpx2.Client(headers=headers, timeout=60.0, follow_redirects=True) as client:
            stated = _stated(client, endpoint, checkpoint)
            files = _files(stated, checkpoint, limit)
            _check_room(checkpoint, sum(file.size for file in files))
            folder.mkdir(parents=True, exist_ok=True)
            for file in files:
                url = f"{endpoint}/{checkpoint.model}/resolve/{checkpoint.revision}/{file.name}"
                _fetch(client, url, file, folder, told)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        hint = "Try again; what arrived is kept."
        raise StopRun(f"{endpoint} could not be asked: {type(error).__name__}", hint) from error
    except OSError as error:
        hint = "Free some space or mend the permissions."
        raise HomeUnusable(f"{folder} cannot be written: {error}", hint) from error
    record = {"model": checkpoint.model, "revision": checkpoint.revision, "licence": _licence(stated)}
    hashes = {file.name: _sha256(folder / file.name) for file in files}
    (folder / RECORD).write_text(json.dumps({**record, "sha256": hashes}, indent=1), "utf-8")
    shutil.rmtree(checkpoint.folder, ignore_errors=True)  # without a record it was no pull of ours
    folder.rename(checkpoint.folder)
    return True


def _stated(client: httpx2.Client, endpoint: str, checkpoint: Checkpoint) -> dict[str, Any]:
    """What the hub says of the revision."""
    named = f"{checkpoint.model} at {checkpoint.revision[:12]}"
    url = f"{endpoint}/api/models/{checkpoint.model}/revision/{checkpoint.revision}"
    with client.stream("GET", url, params={"blobs": "true"}) as response:
        if response.status_code in (401, 403):
            hint = "If it is yours or you have accepted its terms, set HF_TOKEN in the environment."
            raise ConfigurationError(f"{endpoint} does not show {named}", hint)
        if response.status_code == 404:
            raise ConfigurationError(f"{endpoint} has no {named}", "Check the id and the commit on the model's page.")
        response.raise_for_status()
        given = bytearray()
        for piece in response.iter_bytes():
            given += piece
            if len(given) > PAGE_BYTES:
                raise StopRun(f"{endpoint} says more of {named} than can be true")
    try:
        stated = json.loads(given)
    except ValueError as error:
        raise StopRun(f"{endpoint} does not answer as a hub does", "Check HF_ENDPOINT.") from error
    if not isinstance(stated, dict) or stated.get("sha") != checkpoint.revision:
        raise StopRun(f"{endpoint} does not give {named}, but another revision")
    return stated


def _files(stated: dict[str, Any], checkpoint: Checkpoint, limit: int) -> list[File]:
    """The files to fetch, the small ones first."""
    files = []
    for sibling in stated.get("siblings") or ():
        name = str(sibling.get("rfilename"))
        if WANTED.fullmatch(name):
            sha256, blob = (sibling.get("lfs") or {}).get("sha256"), sibling.get("blobId")
            files.append(File(name, int(sibling["size"]), str(sha256 or ""), str(blob or "")))
    if not any(file.name.endswith(".safetensors") for file in files):
        hint = "Other formats of weights can run code and are never fetched. Look for a revision with safetensors."
        raise ConfigurationError(f"{checkpoint.model} at {checkpoint.revision[:12]} has no safetensors", hint)
    whole = sum(file.size for file in files)
    if whole > limit:
        said = f"{checkpoint.model} has {whole / 1e9:.1f} GB; the limit is {limit / 1e9:.1f} GB"
        raise ConfigurationError(said, "`nightdesk models pull --limit-gb` raises it.")
    return sorted(files, key=lambda file: file.size)


def _check_room(checkpoint: Checkpoint, needed: int) -> None:
    checkpoint.folder.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(checkpoint.folder.parent).free
    if free < needed * 1.1:
        said = f"{checkpoint.model} needs {needed / 1e9:.1f} GB; {free / 1e9:.1f} GB are free"
        raise HomeUnusable(said, "Free some space or choose another home with --home.")


def _fetch(client: httpx2.Client, url: str, file: File, folder: Path, told: Told) -> None:
    """The file into the folder, whole and as stated; one that had arrived before is not fetched again."""
    place = folder / file.name
    if place.is_file() and _is_as_stated(place, file):
        return
    done = 0
    with client.stream("GET", url) as response, place.open("wb") as written:
        response.raise_for_status()
        for piece in response.iter_bytes(1 << 20):
            done += len(piece)
            if done > file.size:
                break
            written.write(piece)
            told(file.name, done // 1_000_000, file.size // 1_000_000)
    if done != file.size or not _is_as_stated(place, file):
        place.unlink()
        raise StopRun(f"{file.name} is not the file that the hub states: cut off, or changed on its way", "Try again.")


def _is_as_stated(place: Path, file: File) -> bool:
    if file.sha256:
        return _sha256(place) == file.sha256
    content = place.read_bytes() if place.stat().st_size == file.size else b""
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
    return len(content) == file.size and file.blob in ("", blob)


def _sha256(place: Path) -> str:
    with place.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _licence(stated: dict[str, Any]) -> str:
    """As the checkpoint's page states it; "" where it states none."""
    card = stated.get("cardData")
    licence = card.get("license") if isinstance(card, dict) else None
    tagged = [tag.partition(":")[2] for tag in stated.get("tags") or () if str(tag).startswith("license:")]
    return str(licence or next(iter(tagged), ""))


@dataclass(frozen=True)
class Pulled:
    """What lies in a checkpoint's folder. damaged: files that are missing or are not those that were fetched."""

    licence: str
    bytes: int
    damaged: tuple[str, ...]


def pulled(checkpoint: Checkpoint, *, hashes: bool) -> Pulled | None:
    """The checkpoint on disk, None where it was not pulled. hashes: whether every file is read and compared."""
    try:
        record = json.loads((checkpoint.folder / RECORD).read_text("utf-8"))
        stated: dict[str, str] = record["sha256"]
    except (OSError, ValueError, KeyError):
        return None
    places = {name: checkpoint.folder / name for name in stated}
    there = {name: place for name, place in places.items() if place.is_file()}
    damaged = [name for name in stated if name not in there or (hashes and _sha256(places[name]) != stated[name])]
    return Pulled(str(record.get("licence", "")), sum(place.stat().st_size for place in there.values()), tuple(damaged))
