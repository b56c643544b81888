"""The tables: one noun a file, columns and relations only."""

from webapp.models.amendment import AwardCorrection, Repayment, Revocation, RevokedAward
from webapp.models.archived_file import ArchivedFile
from webapp.models.award_record import AwardImport, AwardRecord, HigherAward, Override, SamePerson
from webapp.models.ballot import (
    BallotMarker,
    BallotRound,
    BallotTracker,
    CountedBallot,
    DeclaredRelation,
    OpenVote,
    PaperCount,
    RoundItem,
    SealedBallot,
)
from webapp.models.blank import Blank
from webapp.models.bulk_act import BulkAct, BulkItem
from webapp.models.campaign import (
    OWN_PROCESSES,
    AddressedUnit,
    AwardCeiling,
    AwardRound,
    Campaign,
    CampaignResponse,
    PlanVersion,
    Strand,
)
from webapp.models.case import Case
from webapp.models.certificate import Certificate
from webapp.models.checkpoint_mail import CheckpointMail
from webapp.models.cluster import (
    AcclaimVote,
    Cluster,
    ClusterMember,
    ClusterYear,
    CriteriaVersion,
    NominationGround,
    Score,
    YearMember,
)
from webapp.models.consent import AwardConsent
from webapp.models.council import Council, CouncilMembership
from webapp.models.decision import Award, Decision, NumberSeries
from webapp.models.decision_copy import DecisionCopy
from webapp.models.decision_text import DecisionVersion, FinalText
from webapp.models.delegation import Absence, DelegatedRole, Delegation
from webapp.models.deployment import CurrentDeployment, DeployedFile, Deployment
from webapp.models.ended_session import EndedSession
from webapp.models.erasure import ERASED, LIVE_STATES, Erasure
from webapp.models.exemplar import ExemplarNomination, IntroducedPicture, Introduction, Replication
from webapp.models.follow_code import FollowCode
from webapp.models.forecast import StageForecast
from webapp.models.fund import EmulationFund
from webapp.models.handover import Handover
from webapp.models.inspection import (
    Inspection,
    InspectionFinding,
    InspectionMember,
    InspectionNote,
    InspectionPaper,
    InspectionUnit,
)
from webapp.models.list_export import ListExport
from webapp.models.log_verification import LogVerification
from webapp.models.mail import Mail
from webapp.models.nomination import (
    NOMINATIONS,
    Nomination,
    Nominee,
    Registration,
    Submission,
    SubmissionLine,
)
from webapp.models.notice import Notice
from webapp.models.office_day import OfficeDay
from webapp.models.outbox import OutboxItem
from webapp.models.owed_reminder import OwedReminder
from webapp.models.paper import Paper, WaitingPaper
from webapp.models.payment import AwardPayment, Payee
from webapp.models.person import Person
from webapp.models.print_run import PrintPortion, PrintRun
from webapp.models.question import SessionQuestion
from webapp.models.red_flag import FlagExamination, RedFlag
from webapp.models.registration import RegistrationChange, RegistrationVersion
from webapp.models.registration_list import RegistrationList, RegistrationListLine
from webapp.models.remark import Preference, Remark, TaskRead
from webapp.models.review import ReportedFigure, UnitReport
from webapp.models.role import RoleHolding
from webapp.models.route import CaseRoute, TakenRoute
from webapp.models.row_import import RowImport, RowImportLine
from webapp.models.rule_set import RuleSetVersion
from webapp.models.saved_view import ChosenColumns, SavedView, StartView
from webapp.models.session import PRESENT, AgendaItem, CouncilSession, SessionElector
from webapp.models.signed_comparison import SignedComparison
from webapp.models.signing_key import SealPicture, SigningKey
from webapp.models.stage_visit import StageVisit
from webapp.models.suspension import Suspension
from webapp.models.system import SystemFact
from webapp.models.task import FormDraft, FormEntry, Task
from webapp.models.token import ApiToken, IdempotencyKey
from webapp.models.unit import Unit
from webapp.models.unit_change import MovedCase, UnitChange, UnitSuccession
from webapp.models.verification import Verification
from webapp.models.vote_profile import VoteProfileVersion

__all__ = [
    "ERASED",
    "LIVE_STATES",
    "NOMINATIONS",
    "OWN_PROCESSES",
    "PRESENT",
    "Absence",
    "AcclaimVote",
    "AddressedUnit",
    "AgendaItem",
    "ApiToken",
    "ArchivedFile",
    "Award",
    "AwardCeiling",
    "AwardConsent",
    "AwardCorrection",
    "AwardImport",
    "AwardPayment",
    "AwardRecord",
    "AwardRound",
    "BallotMarker",
    "BallotRound",
    "BallotTracker",
    "Blank",
    "BulkAct",
    "BulkItem",
    "Campaign",
    "CampaignResponse",
    "Case",
    "CaseRoute",
    "Certificate",
    "CheckpointMail",
    "ChosenColumns",
    "Cluster",
    "ClusterMember",
    "ClusterYear",
    "Council",
    "CouncilMembership",
    "CouncilSession",
    "CountedBallot",
    "CriteriaVersion",
    "CurrentDeployment",
    "Decision",
    "DecisionCopy",
    "DecisionVersion",
    "DeclaredRelation",
    "DelegatedRole",
    "Delegation",
    "DeployedFile",
    "Deployment",
    "EmulationFund",
    "EndedSession",
    "Erasure",
    "ExemplarNomination",
    "FinalText",
    "FlagExamination",
    "FollowCode",
    "FormDraft",
    "FormEntry",
    "Handover",
    "HigherAward",
    "IdempotencyKey",
    "Inspection",
    "InspectionFinding",
    "InspectionMember",
    "InspectionNote",
    "InspectionPaper",
    "InspectionUnit",
    "IntroducedPicture",
    "Introduction",
    "ListExport",
    "LogVerification",
    "Mail",
    "MovedCase",
    "Nomination",
    "NominationGround",
    "Nominee",
    "Notice",
    "NumberSeries",
    "OfficeDay",
    "OpenVote",
    "OutboxItem",
    "Override",
    "OwedReminder",
    "Paper",
    "PaperCount",
    "Payee",
    "Person",
    "PlanVersion",
    "Preference",
    "PrintPortion",
    "PrintRun",
    "RedFlag",
    "Registration",
    "RegistrationChange",
    "RegistrationList",
    "RegistrationListLine",
    "RegistrationVersion",
    "Remark",
    "Repayment",
    "Replication",
    "ReportedFigure",
    "Revocation",
    "RevokedAward",
    "RoleHolding",
    "RoundItem",
    "RowImport",
    "RowImportLine",
    "RuleSetVersion",
    "SamePerson",
    "SavedView",
    "Score",
    "SealPicture",
    "SealedBallot",
    "SessionElector",
    "SessionQuestion",
    "SignedComparison",
    "SigningKey",
    "StageForecast",
    "StageVisit",
    "StartView",
    "Strand",
    "Submission",
    "SubmissionLine",
    "Suspension",
    "SystemFact",
    "TakenRoute",
    "Task",
    "TaskRead",
    "Unit",
    "UnitChange",
    "UnitReport",
    "UnitSuccession",
    "Verification",
    "VoteProfileVersion",
    "WaitingPaper",
    "YearMember",
]
