// Asks the permit verification service, with protos/ alone: npm install && node verify.js BJ2024D00002
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const protos = path.join(__dirname, '..', '..', 'protos');
const address = (process.env.VERIFICATION_ADDRESS ?? 'localhost:5081').replace(/^http:\/\//, '');
const key = process.env.VERIFICATION_API_KEY ?? 'demo-housing';
const retries = fs.readFileSync(path.join(__dirname, '..', 'service-config.json'), 'utf8');

const contract = grpc.loadPackageDefinition(
  loader.loadSync(['permits/verification/v1/verification_service.proto', 'google/rpc/status.proto', 'google/rpc/error_details.proto'], {
    includeDirs: [protos],
    keepCase: true,
    enums: String,
    longs: String,
    defaults: true,
    oneofs: true,
  }),
);
const details = new (require('protobufjs').Root)();
details.resolvePath = (_, file) => path.join(protos, file);
details.loadSync(['google/rpc/status.proto', 'google/rpc/error_details.proto']);

const permits = new contract.permits.verification.v1.VerificationService(address, grpc.credentials.createInsecure(), {
  'grpc.service_config': retries,
  'grpc.max_receive_message_length': 16 * 1024 * 1024,
});

function credential() {
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${key}`);
  return metadata;
}

function verify(number) {
  const deadline = new Date(Date.now() + 10_000);
  return new Promise((resolve, reject) =>
    permits.VerifyPermit({ permit_number: number }, credential(), { deadline }, (error, answer) => (error ? reject(error) : resolve(answer))));
}

/** The stable reason of an error, and its wrong fields; of a failed call or of an item of a batch. */
function reasonOf(status) {
  const found = { reason: undefined, fields: [] };
  for (const { type_url, value } of status.details) {
    if (type_url.endsWith('/google.rpc.ErrorInfo')) found.reason = details.lookupType('google.rpc.ErrorInfo').decode(value).reason;
    if (type_url.endsWith('/google.rpc.BadRequest'))
      found.fields = details.lookupType('google.rpc.BadRequest').decode(value).fieldViolations.map((violation) => violation.field);
  }
  return found;
}

const word = (code) => code.replace(/^(PERMIT_STATUS|STATUS_REASON|ENTITLEMENT)_/, '');

/** Any number of checks, in batches on one stream, each named by the place of its first. */
async function verifyMany(numbers, tell) {
  const stream = permits.StreamVerifyPermits(credential());
  for (let first = 0; first < numbers.length; first += 1000) {
    const checks = numbers.slice(first, first + 1000).map((number) => ({ permit_number: number }));
    if (!stream.write({ sequence: first, batch: { checks } })) await new Promise((resolve) => stream.once('drain', resolve));
  }
  stream.end();
  for await (const answer of stream) {
    if (answer.outcome === 'error') throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
    answer.response.items.forEach((item, index) =>
      tell(Number(answer.sequence) + index, item.outcome === 'error' ? reasonOf(item.error).reason : word(item.response.verdict.status)));
  }
}

async function main(numbers) {
  for (const number of numbers) {
    const { verdict } = await verify(number);
    console.log([verdict.permit_number, ...[verdict.status, ...verdict.reasons].map(word)].join(' '));
    for (const decided of verdict.entitlements) if (decided.decision === 'DECISION_CONFERRED') console.log(`  ${word(decided.entitlement)}`);
  }
  await verifyMany(numbers, (place, told) => console.log(place, told));
}

main(process.argv.slice(2))
  .catch((error) => {
    // Never a "no": the question was wrong, or nobody could tell.
    const bytes = error.metadata?.get('grpc-status-details-bin')[0];
    const { reason, fields } = bytes ? reasonOf(details.lookupType('google.rpc.Status').decode(bytes)) : { fields: [] };
    console.error([reason ?? grpc.status[error.code] ?? error.message, ...fields].join(' '));
    process.exitCode = error.code === grpc.status.UNAVAILABLE ? 3 : 1;
  })
  .finally(() => permits.close());
