"""Finds Swedish personal data in drafts before they are published, and judges it by where they go.

>>> from ombud import Scanner
>>> [f.rule for f in Scanner().check("Pnr 800102-2386", "facebook")]
['OMB101']
"""

from ._ombud import Entity, Finding, Scanner, __version__

__all__ = ["Entity", "Finding", "Scanner", "__version__"]
