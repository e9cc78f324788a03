from portal.models.audit import AuditEvent
from portal.models.office import Office
from portal.models.person import Appointment, User

__all__ = ["Appointment", "AuditEvent", "Office", "User"]
