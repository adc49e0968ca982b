"""The pool: results in order, faults as values, a process that dies costs one task; the cache."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import series_tasks as tasks
from watchpress.build.cache import Cache, digest, pack, unpack
from watchpress.build.pool import Limits, Pool, Result
from watchpress.diagnostic import Fatal, Place, remark

TESTS = Path(__file__).parent


def numbered(count: int) -> list[tuple[str, int]]:
    return [(f"task {number}", number) for number in range(count)]


def values(results: list[Result[int]]) -> list[int | str]:
    return [one.fault.code if one.fault else one.get() for one in results]


def test_results_stand_in_the_order_of_the_tasks_not_of_their_ends() -> None:
    ended: list[int] = []
    with Pool(2) as pool:
        made = pool.run(tasks.slow_first, numbered(4), lambda number, _: ended.append(number))
    assert values(made) == [0, 1, 2, 3]
    assert sorted(ended) == [0, 1, 2, 3]
    assert ended[0] != 0


def test_one_job_and_a_single_task_stay_in_this_process() -> None:
    with Pool(1) as pool:
        assert values(pool.run(tasks.process, numbered(3))) == [os.getpid()] * 3
    with Pool(2) as pool:
        assert values(pool.run(tasks.process, numbered(1))) == [os.getpid()]
        assert values(pool.run(tasks.process, numbered(4), least=5)) == [os.getpid()] * 4


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fatal_is_a_value_with_its_status(jobs: int) -> None:
    with Pool(jobs) as pool:
        made = pool.run(tasks.refuse_two, numbered(4))
    assert values(made) == [0, 1, "D101", 3]
    assert made[2].status == 6
    with pytest.raises(Fatal):
        made[2].get()


def test_a_process_that_is_killed_costs_its_own_task_only() -> None:
    with Pool(2) as pool:
        made = pool.run(tasks.die_at_three, numbered(7))
        assert values(made) == [0, 1, 2, "X301", 4, 5, 6]
        assert made[3].status == 7
        assert values(pool.run(tasks.double, numbered(3))) == [0, 2, 4]


def test_memory_that_runs_out_is_a_fault_of_the_task() -> None:
    with Pool(1) as pool:
        (made,) = pool.run(tasks.no_memory, numbered(1))
    assert made.fault is not None
    assert (made.fault.code, made.fault.place.file, made.status) == ("X301", "task 0", 7)


def test_a_bug_keeps_its_name_and_no_process_is_left() -> None:
    with pytest.raises(ZeroDivisionError), Pool(2) as pool:
        pool.run(tasks.bug, numbered(2))
    assert multiprocessing.active_children() == []


def test_a_bug_that_cannot_be_sent_is_told_in_words() -> None:
    with pytest.raises(RuntimeError, match="OddError"), Pool(2) as pool:
        pool.run(tasks.odd_bug, numbered(2))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux")
def test_a_batch_with_three_poisoned_tasks_makes_the_other_nine() -> None:
    """One hangs, one eats memory, one crashes: three findings, each with its file and limit."""
    started = time.monotonic()
    with Pool(2, Limits(seconds=5, memory=400)) as pool:
        made = pool.run(tasks.poisoned, numbered(12))
        again = pool.run(tasks.double, numbered(3))
    assert values(made) == [0, 1, "X302", 3, 4, "X303", 6, 7, "X301", 9, 10, 11]
    faults = [one.fault for one in made if one.fault]
    assert [fault.place.file for fault in faults] == ["task 2", "task 5", "task 8"]
    assert [dict(fault.facts).get("limit") for fault in faults] == ["5", "400", None]
    assert {one.status for one in made if one.fault} == {7}
    assert values(again) == [0, 2, 4]
    assert time.monotonic() - started < 60
    assert multiprocessing.active_children() == []


def test_with_limits_even_a_single_task_can_be_stopped() -> None:
    with Pool(1, Limits(seconds=1)) as pool:
        (made,) = pool.run(tasks.sleep_long, numbered(1))
        assert made.fault is not None
        assert (made.fault.code, made.status) == ("X302", 7)
        assert values(pool.run(tasks.process, numbered(1))) != [os.getpid()]


def test_a_process_that_ends_between_tasks_is_replaced() -> None:
    with Pool(1, Limits(seconds=60)) as pool:
        (pid,) = values(pool.run(tasks.process, numbered(1)))
        os.kill(int(pid), signal.SIGKILL)
        while alive(int(pid)):
            time.sleep(0.01)
        assert values(pool.run(tasks.double, numbered(2))) == [0, 2]


def test_an_interrupt_ends_the_processes_at_once() -> None:
    started = time.monotonic()

    def interrupt(number: int, result: Result[int]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Pool(2) as pool:
        pool.run(tasks.double, numbered(2), interrupt)
    assert time.monotonic() - started < 10
    assert multiprocessing.active_children() == []


def test_processes_end_with_the_one_that_started_them() -> None:
    code = (
        "import os, series_tasks as t\n"
        "from watchpress.build.pool import Pool\n"
        "def say(number, result):\n"
        "    print(result.value, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
        "if __name__ == '__main__':\n"
        "    with Pool(1) as pool:\n"
        "        pool.jobs = 2\n"
        "        pool.run(t.process, [('a', 1), ('b', 2)], say)\n"
    )
    script = subprocess.run(
        [sys.executable, "-c", code], cwd=TESTS, capture_output=True, text=True, check=False
    )
    pid = int(script.stdout.split()[0])
    deadline = time.monotonic() + 10
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


# -- the cache ------------------------------------------------------------------------------------


def test_what_is_kept_comes_back_whole(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.get("ab" * 32) is None
    cache.put("ab" * 32, b"bytes", {"pages": 3})
    found = cache.get("ab" * 32)
    assert found and (found.data, found.facts) == (b"bytes", {"pages": 3})
    assert (cache.hits, cache.misses) == (1, 1)


@pytest.mark.parametrize("damage", ["cut", "other", "no facts", "no json", "other form", "gone"])
def test_an_entry_that_is_not_whole_is_none(tmp_path: Path, damage: str) -> None:
    cache = Cache(tmp_path)
    cache.put("ab" * 32, b"bytes", {"pages": 3})
    data, facts = next(tmp_path.glob("*/*.bin")), next(tmp_path.glob("*/*.json"))
    if damage == "cut":
        data.write_bytes(b"byt")
    elif damage == "other":
        data.write_bytes(b"bites")
    elif damage == "no facts":
        facts.write_text("[]")
    elif damage == "no json":
        facts.write_text("{")
    elif damage == "other form":
        facts.write_text(json.dumps({**json.loads(facts.read_text()), "form": "0"}))
    else:
        data.unlink()
    assert cache.get("ab" * 32) is None


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    cache = Cache(tmp_path / "file")
    cache.put("ab" * 32, b"bytes", {})
    assert cache.get("ab" * 32) is None
    nowhere = Cache(None)
    nowhere.put("ab" * 32, b"bytes", {})
    assert nowhere.get("ab" * 32) is None


def test_the_oldest_entries_go_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most=25)
    keys = [digest(number) for number in range(4)]
    for age, key in enumerate(keys):
        cache.put(key, b"ten bytes.", {})
        os.utime(tmp_path / key[:2] / f"{key[2:]}.bin", (1000 + age, 1000 + age))
    assert cache.get(keys[0]) is not None  # asked for now: it is the youngest
    cache.prune()
    assert [cache.get(key) is not None for key in keys] == [True, False, False, True]
    assert len(list(tmp_path.glob("*/*"))) == 4


def test_parts_of_a_key_cannot_run_into_each_other() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("ab") != digest("ab", "")
    assert digest(b"ab") == digest("ab")


def test_findings_come_back_as_they_were() -> None:
    found = [
        remark("F101", Place("a/en/1.txt", 3, 4), letter="x", number="0078"),
        remark("N104", Place("b.txt", 1, 1), label="1", page=3, at="1:1"),
    ]
    rows = json.loads(json.dumps(pack(found, {"a/en/1.txt": "en/1.txt"})))
    assert rows[0]["file"] == "en/1.txt"
    assert unpack(rows, {"a/en/1.txt": "en/1.txt"}) == tuple(found)
