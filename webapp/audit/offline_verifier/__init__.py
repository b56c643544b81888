"""What is handed out as `verify.py`: these parts, joined to one file by `webapp/operations/handing_out.py`.

They know the standard library and each other alone, share no code with the writer, and run on Python 3.9.
"""

from webapp.audit.offline_verifier.checking import Verification
from webapp.audit.offline_verifier.checkpoints import climbed, leaf, merkle
from webapp.audit.offline_verifier.command import FORGERIES, main, missed
from webapp.audit.offline_verifier.sentences import Fault
from webapp.audit.offline_verifier.signatures import signed
from webapp.audit.offline_verifier.streams import GENESIS

__all__ = [
    "FORGERIES",
    "GENESIS",
    "Fault",
    "Verification",
    "climbed",
    "leaf",
    "main",
    "merkle",
    "missed",
    "signed",
]
