"""A cluster behind Dask's own TLS, with real certificates: as the README starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from core.files import ROOT
from tests.helpers import until

DASK = str(Path(sys.executable).parent / "dask")
COMPUTE = """
from core.runs.live import Runs
from core.runs.store import RunStore
from core.tasks.digits.settings import DigitsSettings
from core import workers
runs = Runs(RunStore(url={folder!r}))
live = runs.start(DigitsSettings(examples=300, epochs=1), "student")
assert live.job.wait(120), live.status
print("scheduler", workers.client().scheduler.address.split(":")[0], live.status)
workers.stop()
"""


def certificates(folder: Path) -> list[str]:
    """Write a certificate authority and a certificate signed by it; return Dask's options that name them."""
    authority = trustme.CA()
    own = authority.issue_cert("127.0.0.1", "localhost")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    own.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    own.private_key_pem.write_to_path(folder / "key.pem")
    return ["--tls-ca-file", str(folder / "ca.pem"), "--tls-cert", str(folder / "cert.pem"),
            "--tls-key", str(folder / "key.pem")]  # fmt: skip


def environment(folder: Path, address: str) -> dict[str, str]:
    """Return the environment of a server that uses this cluster, as the README gives it."""
    tls = "DASK_DISTRIBUTED__COMM__TLS__"
    return os.environ | {
        "DASK_SCHEDULER_ADDRESS": address,
        "OMP_NUM_THREADS": "1",
        f"{tls}CA_FILE": str(folder / "ca.pem"),
        f"{tls}CLIENT__CERT": str(folder / "cert.pem"),
        f"{tls}CLIENT__KEY": str(folder / "key.pem"),
    }


@pytest.fixture
def tls_cluster(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A scheduler and a worker that speak TLS only; the folder of their certificates, and their address."""
    options = certificates(tmp_path)
    told = tmp_path / "scheduler.json"
    started = [
        subprocess.Popen(
            [DASK, *command, "--protocol", "tls", "--no-dashboard", *options],
            cwd=ROOT,
            env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": "."},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in (
            ("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told)),
            ("worker", "--scheduler-file", str(told), "--nthreads", "1", "--host", "127.0.0.1"),
        )
    ]
    until(told.exists)
    until(lambda: told.read_text().endswith("}"))
    yield tmp_path, json.loads(told.read_text())["address"]
    for process in started:
        process.kill()
        process.wait()


def test_a_run_is_computed_on_a_cluster_that_speaks_tls_only(tls_cluster: tuple[Path, str]) -> None:
    """With the certificates in Dask's own variables, a server computes on tls://… and gets its run."""
    folder, address = tls_cluster
    assert address.startswith("tls://")
    done = subprocess.run(
        [sys.executable, "-c", COMPUTE.format(folder=str(folder / "runs"))],
        cwd=ROOT, env=environment(folder, address), capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["scheduler", "tls", "finished"], done.stderr[-2000:]
    assert "not encrypted" not in done.stderr


def test_a_stranger_s_certificate_is_refused(tls_cluster: tuple[Path, str], tmp_path: Path) -> None:
    """Somebody with a certificate of another authority gets no answer, and is told that the cluster does not answer."""
    _folder, address = tls_cluster
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    certificates(stranger)
    done = subprocess.run(
        [sys.executable, "-c", COMPUTE.format(folder=str(stranger / "runs"))],
        cwd=ROOT, env=environment(stranger, address), capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert "WorkersUnavailable" in done.stderr
