"""Opens a log in the three formats with PM4Py and prints what it found as JSON; run by a Python of its own.

tests/outside/.venv/bin/python tests/outside/pm4py_counts.py log.xes log.json log.sqlite
"""

import json
import sys
import warnings

import pm4py

warnings.simplefilter("ignore")


def main(xes: str, as_json: str, as_sqlite: str) -> None:
    events = pm4py.read_xes(xes)
    done = events[(events["lifecycle:transition"] == "complete") & events["element"].notna()]
    logs = [pm4py.read_ocel2_json(as_json), pm4py.read_ocel2_sqlite(as_sqlite)]
    found = {
        "events": len(events),
        "cases": int(events["case:concept:name"].nunique()),
        "variants": len(pm4py.get_variants(done)),
        "instants": str(events["time:timestamp"].dtype),
        "objects": [len(log.objects) for log in logs],
        "of_objects": [len(log.events) for log in logs],
        "between": [len(log.o2o) for log in logs],
    }
    sys.stdout.write("\n" + json.dumps(found) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
