"""Asks the permit verification service, with code made from protos/ alone:

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && mkdir -p generated
    .venv/bin/python -m grpc_tools.protoc -I ../../protos --python_out=generated --grpc_python_out=generated \\
        $(cd ../../protos && find permits google -name '*.proto')
    .venv/bin/python verify.py BJ2024D00002

Without pip, on Debian: apt-get install python3-grpcio python3-protobuf protobuf-compiler protobuf-compiler-grpc libprotobuf-dev, and

    mkdir -p generated && protoc -I ../../protos --python_out=generated --grpc_python_out=generated \\
        --plugin=protoc-gen-grpc_python=$(command -v grpc_python_plugin) $(cd ../../protos && find permits google -name '*.proto')
    /usr/bin/python3 verify.py BJ2024D00002
"""

import os
import pathlib
import sys

here = pathlib.Path(__file__).parent
sys.path.insert(0, os.environ.get("GENERATED", str(here / "generated")))

import grpc
from google.rpc import error_details_pb2, status_pb2
from permits.verification.v1 import codes_pb2 as codes
from permits.verification.v1 import verification_service_pb2 as messages
from permits.verification.v1 import verification_service_pb2_grpc as services

ADDRESS = os.environ.get("VERIFICATION_ADDRESS", "localhost:5081").removeprefix("http://")
KEY = os.environ.get("VERIFICATION_API_KEY", "demo-housing")
RETRIES = (here.parent / "service-config.json").read_text()
SECONDS = 10
ANSWER_BYTES = 16 * 1024 * 1024


def reason_of(error):
    """The stable reason of a failed call, and its wrong fields; (None, []) where the service did not answer."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            return reason_in(status_pb2.Status.FromString(value))
    return None, []


def reason_in(status):
    info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    for detail in status.details:
        detail.Unpack(info) or detail.Unpack(bad)
    return info.reason or None, [violation.field for violation in bad.field_violations]


def show(verdict):
    reasons = " ".join(codes.StatusReason.Name(reason).removeprefix("STATUS_REASON_") for reason in verdict.reasons)
    print(f"{verdict.permit_number} {codes.PermitStatus.Name(verdict.status).removeprefix('PERMIT_STATUS_')} {reasons}".rstrip())
    for decided in verdict.entitlements:
        if decided.decision == codes.DECISION_CONFERRED:
            print(f"  {codes.Entitlement.Name(decided.entitlement).removeprefix('ENTITLEMENT_')}")


def batches(numbers, size=1000):
    """What a stream sends: any number of checks, in batches, each named by the place of its first."""
    for first in range(0, len(numbers), size):
        checks = [messages.VerifyPermitRequest(permit_number=number) for number in numbers[first : first + size]]
        yield messages.StreamVerifyPermitsRequest(sequence=first, batch=messages.BatchVerifyPermitsRequest(checks=checks))


def main(numbers):
    credential = [("authorization", f"Bearer {KEY}")]
    options = [("grpc.service_config", RETRIES), ("grpc.max_receive_message_length", ANSWER_BYTES)]
    with grpc.insecure_channel(ADDRESS, options) as channel:
        permits = services.VerificationServiceStub(channel)
        try:
            for number in numbers:
                request = messages.VerifyPermitRequest(permit_number=number)
                show(permits.VerifyPermit(request, metadata=credential, timeout=SECONDS).verdict)
            for answer in permits.StreamVerifyPermits(batches(numbers), metadata=credential):
                if answer.HasField("error"):
                    print("stream", *reason_in(answer.error))
                for place, item in enumerate(answer.response.items, start=answer.sequence):
                    told = codes.PermitStatus.Name(item.response.verdict.status).removeprefix("PERMIT_STATUS_")
                    print(place, reason_in(item.error)[0] if item.HasField("error") else told)
        except grpc.RpcError as error:
            # Never a "no": the question was wrong, or nobody could tell.
            reason, fields = reason_of(error)
            print(reason or error.code().name, *fields, file=sys.stderr)
            return 3 if error.code() == grpc.StatusCode.UNAVAILABLE else 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
