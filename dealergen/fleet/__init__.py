"""Many dealers' sites from one file: each is built in a process of its own, here or on a cluster; one report.

`load_fleet` reads fleet.yaml, `plan_jobs` says what is to be done for each site, `run_fleet` does it.
"""

from .job import Job, Result
from .plan import plan_jobs, select
from .report import FleetReport
from .run import run_fleet
from .settings import FleetSettings, load_fleet

__all__ = ["FleetReport", "FleetSettings", "Job", "Result", "load_fleet", "plan_jobs", "run_fleet", "select"]
