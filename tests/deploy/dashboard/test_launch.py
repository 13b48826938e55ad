"""Starting and stopping the dashboard."""

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from streamlit import config

from deploy.browser import running_dashboard
from deploy.dashboard.launch import ADDRESS, check_port, command
from flows.errors import EXIT_USAGE, NightdeskError


def test_a_port_that_is_taken_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((ADDRESS, 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = [sys.executable, "-m", "flows.cli", "--home", str(tmp_path), "dashboard", "--port", str(port)]
        run = subprocess.run(line, capture_output=True, text=True, check=False)
    assert run.returncode == EXIT_USAGE
    assert "Traceback" not in run.stderr
    assert f"port {port}" in run.stderr
    assert "--port 8600" in run.stderr


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(NightdeskError, match="cannot use port"):
        check_port(port)


def test_every_flag_is_an_option_that_streamlit_knows_and_none_lets_it_out() -> None:
    line = command(8600, headless=True)
    given = dict(flag.removeprefix("--").split("=", 1) for flag in line[5:])
    assert set(given) <= set(config.get_config_options())
    assert given["server.address"] == "127.0.0.1"
    assert given["server.port"] == "8600"
    assert given["browser.gatherUsageStats"] == given["server.showEmailPrompt"] == "false"
    assert "--server.headless=true" not in command(8600, headless=False)


def test_the_server_ends_with_the_command_that_started_it(tmp_path: Path) -> None:
    with running_dashboard(tmp_path, signal.SIGTERM) as address, urllib.request.urlopen(address) as page:
        assert page.status == 200
    with socket.socket() as probe:
        assert probe.connect_ex((ADDRESS, int(address.rsplit(":", 1)[1]))) != 0
