#!/usr/bin/env bash
# Asks the permit verification service by HTTP and JSON, with curl and jq: ./verify.sh BJ2024D00002
set -euo pipefail
address=${VERIFICATION_HTTP_ADDRESS:-http://localhost:5080}
key=${VERIFICATION_API_KEY:-demo-housing}

# Sends a body (from standard input, so that no number gets into the list of processes) and prints the answer; 503, 500 and timeouts may pass.
ask() {
  local answer status
  answer=$(curl --silent --show-error --max-time 10 --retry 3 --write-out '\n%{http_code}' \
    --header @<(printf 'Authorization: Bearer %s\nContent-Type: application/json\n' "$key") --data-binary @- "$address$1") || exit 3
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  if [ "$status" != 200 ]; then
    # Never a "no": the question was wrong, or nobody could tell.
    jq --raw-output '[.reason, (.violations // [])[].field] | join(" ")' <<< "$answer" >&2
    [ "$status" -ge 500 ] && exit 3 || exit 1
  fi
  printf '%s\n' "$answer"
}

for number in "$@"; do
  jq --null-input --arg number "$number" '{permitNumber: $number}' | ask /v1/permits:verify | jq --raw-output '.verdict |
    ([.permitNumber, (.status, .reasons[] | sub("^(PERMIT_STATUS|STATUS_REASON)_"; ""))] | join(" ")),
    (.entitlements[] | select(.decision == "DECISION_CONFERRED") | "  " + (.entitlement | sub("^ENTITLEMENT_"; "")))'
done

# Up to 1,000 in one request, all as of one revision.
jq --null-input '{checks: [$ARGS.positional[] | {permitNumber: .}]}' --args "$@" | ask /v1/permits:batchVerify |
  jq --raw-output '.items | to_entries[] | "\(.key) \(if .value.error then (.value.error.details[] | select(.reason) | .reason)
    else (.value.response.verdict.status | sub("^PERMIT_STATUS_"; "")) end)"'
