from ach_desk.api import AchError as AchError
from ach_desk.api import Case as Case
from ach_desk.api import Chart as Chart
from ach_desk.api import new as new
from ach_desk.api import open as open

__version__: str
