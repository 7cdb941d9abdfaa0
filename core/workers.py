"""Where heavy work is computed: Dask workers, on this machine or on a cluster.

The web process imports no torch; everything that trains or generates is submitted here. By default a
`LocalCluster` of one process per core starts with the first need. With DASK_SCHEDULER_ADDRESS set, the same code
uses that cluster. Queue, de-duplication by key, restarts after a crash: all Dask's.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from distributed import Client, Future

CORES = os.cpu_count() or 1
# A worker that dies takes its task with it once; the second time the task is at fault.
RETRIES = 1

_lock = threading.Lock()
_client: Client | None = None


class WorkersUnavailable(RuntimeError):
    """The configured scheduler does not answer."""


def client() -> Client:
    """Return the process's Dask client; start the local workers if no cluster is configured.

    Raises:
        WorkersUnavailable: DASK_SCHEDULER_ADDRESS is set and nothing answers there.
    """
    global _client
    with _lock:
        if _client is None or _client.status in {"closed", "closing"}:
            _client = _connect()
        if _client.status == "connecting":  # the scheduler went away; Dask tries to find it again by itself
            raise WorkersUnavailable(address())
        return _client


def answering() -> bool:
    """Whether the workers can be reached at this moment."""
    return _client is not None and _client.status == "running"


def address() -> str:
    """Return where the workers' scheduler is: the configured address, or "local"."""
    return os.environ.get("DASK_SCHEDULER_ADDRESS", "local")


def submit(function: Callable[..., Any], *args: Any, key: str | None = None, **options: Any) -> Future:
    """Compute `function(*args)` on a worker; `function` must live in an importable module of `core`.

    Equal keys are computed once while a future to them is held. Releasing every future cancels the work: see
    `cancelled`. Options are those of `distributed.Client.submit`.
    """
    options.setdefault("pure", key is None)
    return client().submit(function, *args, key=key, retries=0, **options)


def cancelled() -> bool:
    """Whether nobody wants the task this worker is computing any more. Costs no message: ask often."""
    from distributed.worker import get_worker, thread_state

    state = get_worker().state.tasks.get(thread_state.key)
    return state is None or state.state in {"cancelled", "resumed"}


def start_soon(warm: str = "core.training.loop") -> None:
    """Start the workers in the background, so that the first run does not wait for them.

    Args:
        warm: the module that every worker imports while the student still reads.
    """
    if _client is None:
        threading.Thread(target=_start_quietly, args=(warm,), daemon=True).start()


def stop() -> None:
    """Stop the local workers, or leave the cluster."""
    global _client
    with _lock:
        if _client is not None:
            cluster = _client.cluster
            _client.close()
            if cluster is not None:
                cluster.close()
            _client = None


def worker_count() -> int:
    """Return how many tasks can run at once."""
    return sum(client().nthreads().values())


def _start_quietly(warm: str) -> None:
    try:
        client().run(import_module, warm)
    except WorkersUnavailable:
        # Said on the page when a run is asked for; a background thread has nobody to tell.
        return


def _connect() -> Client:
    import dask
    from distributed import Client, LocalCluster

    dask.config.set(
        {
            "distributed.scheduler.allowed-failures": RETRIES,
            # Runs are told apart by their topics; this only bounds what a late listener can catch up on.
            "distributed.admin.low-level-log-length": 2_000,
            "distributed.worker.daemon": True,
            "distributed.scheduler.worker-saturation": 1.0,
        }
    )
    if address := os.environ.get("DASK_SCHEDULER_ADDRESS"):
        try:
            return Client(address, timeout="5s", set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise WorkersUnavailable(address) from error
    cluster = LocalCluster(
        n_workers=CORES,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",  # any free port: None would take 8787, and warn where it is taken
        host="127.0.0.1",
        silence_logs="ERROR",
        # One thread each: as many runs at once as cores, and equal settings give equal sums.
        env={"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "KERAS_BACKEND": "torch"},
    )
    return Client(cluster, set_as_default=False)
