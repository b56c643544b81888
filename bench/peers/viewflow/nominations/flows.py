"""The user tasks of a nomination as a flow; who may take one is said by a permission for each role in a unit."""

import os

from viewflow.workflow import flow
from viewflow.workflow.flow.views import UpdateProcessView

ELEMENTS = os.environ["PEER_ELEMENTS"].split(",")

nodes = {name: flow.View(UpdateProcessView.as_view(fields=[]), task_title=name) for name in ELEMENTS}
NominationFlow = type(
    "NominationFlow",
    (flow.Flow,),
    {
        "__module__": __name__,
        "process_title": "Nomination",
        "process_summary_template": "{{ process.data.code }} {{ process.data.title }}",
        "start": flow.StartHandle(),
        "end": flow.End(),
        **nodes,
    },
)
