"""`python -m bench.grown FOLDER NOMINATIONS`: a data folder with an office of so many nominations, to be served.

For looking at the pages with a year of a whole province in them: `DATA_DIR=FOLDER make run`, then sign in as one of the
people of tests/people.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.copies import Copier
from bench.measures import say
from bench.places import SQLITE, founded
from bench.templates import act_templates


def main(folder: Path, nominations: int) -> None:
    """Found the office and copy the nominations; the folder must not exist."""
    folder.mkdir(parents=True)
    with founded(SQLITE, folder) as place:
        copier = Copier(place, act_templates(place.office), workable=True)
        copier.grow_to(nominations)
        say(f"{folder}: {nominations:,} nominations")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
