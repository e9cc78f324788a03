"""What stands in the way of sealing: every finding on an agenda, its papers and its publication."""

from boards.preflight.finding import AgendaFinding
from boards.preflight.run import preflight

__all__ = ["AgendaFinding", "preflight"]
