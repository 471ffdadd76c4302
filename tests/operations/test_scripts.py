"""The scripts' manners: what they refuse, and what they say then. What they set up is tried by running them."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = [*sorted((ROOT / "script").glob("*")), ROOT / ".ci" / "run"]
SCRIPTS = [path for path in SCRIPTS if path.is_file()]


def server(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **variables}
    return subprocess.run(
        [ROOT / "script" / "server", *arguments], env=environment, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("path", [*SCRIPTS, *sorted((ROOT / "script/lib").glob("*.sh"))], ids=lambda path: path.name)
def test_bash_can_read_it(path):
    assert subprocess.run(["bash", "-n", path]).returncode == 0


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_it_can_be_run_and_stops_at_the_first_error(path):
    assert path.stat().st_mode & 0o111
    assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    assert "lib/setup.sh" in path.read_text(encoding="utf-8")


def test_help_says_how_to_start():
    done = server("--help")
    assert done.returncode == 0
    assert "script/server --demo" in done.stdout


def test_an_unknown_argument_is_refused_with_the_known_ones(tmp_path):
    done = server("--dmeo", VAR_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "--dmeo" in done.stderr
    assert "--demo" in done.stderr


@pytest.mark.parametrize("port", ["abc", "0", "65536", "80 80", "-1"])
def test_a_port_that_is_none_is_refused_with_an_example(port, tmp_path):
    done = server(VAR_DIR=str(tmp_path), PORT=port)
    assert done.returncode == 1
    assert "is no port number" in done.stderr
    assert "PORT=8001 script/server" in done.stderr


def test_a_port_that_is_taken_is_refused_with_the_next_one(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = server(VAR_DIR=str(tmp_path), PORT=str(port))
    assert done.returncode == 1
    assert f"Port {port} is used by another program" in done.stderr
    assert f"PORT={port + 1} script/server" in done.stderr


def test_a_second_server_of_the_same_folder_is_refused_with_the_first_ones_address(tmp_path):
    (tmp_path / "server.address").write_text("http://127.0.0.1:8123/\n")
    with subprocess.Popen(["flock", tmp_path / "server.lock", "cat"], stdin=subprocess.PIPE) as holder:
        while subprocess.run(["flock", "-n", tmp_path / "server.lock", "true"]).returncode == 0:
            pass
        done = server(VAR_DIR=str(tmp_path), PORT="8124")
        holder.stdin.close()
    assert done.returncode == 1
    assert "runs already: http://127.0.0.1:8123/" in done.stderr


def test_a_refused_start_leaves_nothing_but_its_empty_folders(tmp_path):
    server(VAR_DIR=str(tmp_path), PORT="abc")
    assert {path.name for path in tmp_path.iterdir()} <= {"log", "server.lock"}
