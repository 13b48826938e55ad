"""The user's own gazetteer: the CSV file in the home that the settings name, as a value for the entities column."""

from flows.errors import ConfigurationError
from flows.settings import Settings
from transforms.own_names import NO_OWN_NAMES, BadRow, OwnNames, own_names

LARGEST_FILE = 20_000_000  # bytes


def read_own_names(settings: Settings) -> OwnNames:
    """The names of the file; none where it is missing and nobody has named it.

    Raises ConfigurationError naming the file, the line and what is wrong with it.
    """
    file = settings.paths.root / settings.gazetteer
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        if "gazetteer" not in settings.model_fields_set:
            return NO_OWN_NAMES
        raise ConfigurationError(
            f"{file} is not there, and the setting `gazetteer` names it", "Write the file, or take the setting away."
        ) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigurationError(f"{file} cannot be read: {reason}", "It is to be a CSV file you may read.") from error
    if len(content) > LARGEST_FILE:
        raise ConfigurationError(f"{file} is larger than {LARGEST_FILE} bytes", "Keep the names you follow.")
    try:
        return own_names(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"{file}:{line}: not UTF-8", "Save the file as UTF-8.") from error
    except BadRow as error:
        raise ConfigurationError(f"{file}:{error.line}: {error.message}", error.hint) from error
