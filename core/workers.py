"""Where heavy work is computed: Dask workers, on this machine or on a cluster.

The web process imports no torch; everything that trains or generates is submitted here, through `core.jobs`. By
default a `LocalCluster` of one process per core starts with the first need. With DASK_SCHEDULER_ADDRESS set, the same
code uses that cluster; for a `tls://` address, Dask's own settings name the certificates. Queue, de-duplication by
key, restarts after a crash: all Dask's.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import threading
import time
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

from core import turns

if TYPE_CHECKING:
    from distributed import Client, Future

BYTES_EACH = 2_000_000_000
"""Memory a worker is given room for: torch, Keras, the digits and one large language model, each once."""
RETRIES = 1
"""A worker that dies takes its task with it once; the second time the task is at fault."""
PATIENCE = 5
"""Seconds that the configured scheduler gets to answer."""
ASK_AGAIN = 10.0
"""Seconds before a scheduler that did not answer is asked again: a class must not wait for it one by one."""
SETTINGS = {
    "distributed.scheduler.allowed-failures": RETRIES,
    # A topic a job: this bounds what a late listener can catch up on, more than the frames of any run.
    "distributed.admin.low-level-log-length": 2_000,
    "distributed.worker.daemon": True,
    "distributed.scheduler.worker-saturation": 1.0,
    # Dask watches itself closely, for a dashboard that nobody opens here: a seventh of a core while nothing was asked.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.worker.memory.monitor-interval": "500ms",
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.client.scheduler-info-interval": "10s",
}
"""What differs from Dask's own settings; workers of this machine get them too."""

log = logging.getLogger(__name__)

_lock = threading.Lock()
_client: Client | None = None
_refused = -ASK_AGAIN


class WorkersUnavailable(RuntimeError):
    """The configured scheduler does not answer."""


def client() -> Client:
    """Return the process's Dask client; start the local workers if no cluster is configured.

    Raises:
        WorkersUnavailable: DASK_SCHEDULER_ADDRESS is set and nothing answers there.
    """
    global _client, _refused
    if not answering():
        turns.give_back()  # workers take seconds to start, and a cluster to answer
    with _lock:
        if _client is None or _client.status in {"closed", "closing"}:
            if time.monotonic() - _refused < ASK_AGAIN:
                raise WorkersUnavailable(address())
            try:
                _client = _connect()
            except WorkersUnavailable:
                _refused = time.monotonic()
                raise
        if _client.status == "connecting":  # the scheduler went away; Dask tries to find it again by itself
            raise WorkersUnavailable(address())
        return _client


def answering() -> bool:
    """Whether the workers can be reached at this moment."""
    return _client is not None and _client.status == "running"


def address() -> str:
    """Return where the workers' scheduler is: the configured address, or "local"."""
    return os.environ.get("DASK_SCHEDULER_ADDRESS") or "local"


def unencrypted(scheduler: str) -> bool:
    """Whether whatever is sent to a scheduler crosses a network in the clear: not TLS, and not on this machine."""
    parts = urlparse(scheduler)
    host = parts.hostname or ""
    try:
        here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = host == "localhost"
    return parts.scheme == "tcp" and not here


def submit(function: Callable[..., Any], *args: Any, key: str | None = None, **options: Any) -> Future:
    """Compute `function(*args)` on a worker; `function` must live in an importable module of `core`.

    Equal keys are computed once while a future to them is held. Releasing every future cancels the work: see
    `cancelled`. Options are those of `distributed.Client.submit`.
    """
    options.setdefault("pure", key is None)
    return client().submit(function, *args, key=key, retries=0, **options)


def cancelled() -> bool:
    """Whether nobody wants the task this worker is computing any more. Costs no message: ask often.

    Dask counts who wants a key, over all servers of a cluster, and tells the worker; it has no public question for it.
    """
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
    global _client, _refused
    with _lock:
        if _client is not None:
            cluster = _client.cluster
            _client.close()
            if cluster is not None:
                cluster.close()
            _client = None
        _refused = -ASK_AGAIN


def worker_count() -> int:
    """Return how many tasks can run at once."""
    return sum(client().nthreads().values())


def local_size(cores: int, memory: int) -> tuple[int, int]:
    """Return how many local workers a machine of so many cores and bytes gets, and the bytes each may use.

    A worker holds torch, Keras, the digits and one large language model: on a machine with many cores and little
    memory, fewer workers do more. What a worker may use stops a task that runs wild before the machine swaps.
    """
    count = max(1, min(cores, memory // BYTES_EACH))
    return count, memory // count


def _start_quietly(warm: str) -> None:
    try:
        client().run(_load, warm)
    except (WorkersUnavailable, OSError):
        # Said on the page when a run is asked for; a background thread has nobody to tell. And a cluster that is
        # stopped while it starts needs no warmth.
        return


def _load(module: str) -> None:
    import_module(module)  # and not returned: whoever is given a module has imported it, torch and all


def _connect() -> Client:
    import dask
    from distributed import Client

    dask.config.set(SETTINGS)
    if scheduler := os.environ.get("DASK_SCHEDULER_ADDRESS"):
        if unencrypted(scheduler):
            log.warning(
                "%s is not encrypted: runs, texts and code cross the network in the clear. Use tls://.", scheduler
            )
        try:
            return Client(scheduler, timeout=f"{PATIENCE}s", set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise WorkersUnavailable(scheduler) from error
    return _local()


def _local() -> Client:
    from dask.system import CPU_COUNT
    from distributed import Client, LocalCluster
    from distributed.system import MEMORY_LIMIT

    count, memory = local_size(CPU_COUNT, MEMORY_LIMIT)
    cluster = LocalCluster(
        n_workers=count,
        threads_per_worker=1,
        processes=True,
        memory_limit=memory,
        dashboard_address="127.0.0.1:0",  # any free port: None would take 8787, and warn where it is taken
        host="127.0.0.1",
        silence_logs="ERROR",
        # One thread each: as many runs at once as workers, and equal settings give equal sums.
        env={"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "KERAS_BACKEND": "torch"},
    )
    return Client(cluster, set_as_default=False)
