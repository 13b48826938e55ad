"""dbt in a process of its own that ends with the run that started it.

In the run's process a failed build would keep the DuckDB file locked; as a plain child it would outlive a killed run
and go on writing to a database that the next run has already swept away. Its standard input is the run's end of a
pipe: when the run dies, however it dies, the pipe closes.
"""

import os
import threading

from dbt.cli.main import cli

EXIT_ORPHANED = 137
STANDARD_INPUT = 0


def follow_parent() -> None:
    """Wait until nobody holds the other end of standard input, then leave at once."""
    while os.read(STANDARD_INPUT, 1):  # not sys.stdin: its lock would be held while the interpreter shuts down
        pass
    os._exit(EXIT_ORPHANED)


if __name__ == "__main__":
    threading.Thread(target=follow_parent, daemon=True).start()
    cli()
