import com.google.gson.Gson;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import permits.verification.v1.BatchItem;
import permits.verification.v1.BatchVerifyPermitsRequest;
import permits.verification.v1.Decision;
import permits.verification.v1.StreamVerifyPermitsRequest;
import permits.verification.v1.StreamVerifyPermitsResponse;
import permits.verification.v1.Verdict;
import permits.verification.v1.VerificationServiceGrpc;
import permits.verification.v1.VerifyPermitRequest;

/** Asks the permit verification service, with code made from protos/: mvn -q compile exec:java -Dexec.args="BJ2024D00002". */
public final class Verify {
    private static final int SECONDS = 10;
    private static final int ANSWER_BYTES = 16 * 1024 * 1024;
    private static final int BATCH = 1000;

    public static void main(String[] numbers) throws Exception {
        var address = Objects.requireNonNullElse(System.getenv("VERIFICATION_ADDRESS"), "localhost:5081").replaceFirst("^http://", "");
        var key = Objects.requireNonNullElse(System.getenv("VERIFICATION_API_KEY"), "demo-housing");
        var retries = Files.readString(Path.of(Objects.requireNonNullElse(System.getenv("SERVICE_CONFIG"), "../service-config.json")));
        var credential = new Metadata();
        credential.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);

        @SuppressWarnings("unchecked")
        Map<String, ?> config = new Gson().fromJson(retries, Map.class);
        var channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
            .defaultServiceConfig(config)
            .maxInboundMessageSize(ANSWER_BYTES)
            .intercept(MetadataUtils.newAttachHeadersInterceptor(credential))
            .build();
        var code = 0;
        try {
            var permits = VerificationServiceGrpc.newBlockingStub(channel);
            for (var number : numbers) {
                var request = VerifyPermitRequest.newBuilder().setPermitNumber(number).build();
                show(permits.withDeadlineAfter(SECONDS, TimeUnit.SECONDS).verifyPermit(request).getVerdict());
            }
            verifyMany(VerificationServiceGrpc.newStub(channel), Arrays.asList(numbers)).join();
        } catch (StatusRuntimeException | CompletionException failure) {
            // Never a "no": the question was wrong, or nobody could tell.
            var error = StatusProto.fromThrowable(failure);
            System.err.println(error == null ? failure.getMessage() : reason(error));
            code = error != null && error.getCode() == com.google.rpc.Code.UNAVAILABLE_VALUE ? 3 : 1;
        }
        channel.shutdownNow();
        System.exit(code);
    }

    private static void show(Verdict verdict) {
        System.out.println(Stream.concat(
            Stream.of(verdict.getPermitNumber(), word(verdict.getStatus())), verdict.getReasonsList().stream().map(Verify::word))
            .collect(Collectors.joining(" ")));
        for (var decided : verdict.getEntitlementsList()) {
            if (decided.getDecision() == Decision.DECISION_CONFERRED) {
                System.out.println("  " + word(decided.getEntitlement()));
            }
        }
    }

    /** Any number of checks, in batches on one stream, each named by the place of its first. */
    private static CompletableFuture<Void> verifyMany(VerificationServiceGrpc.VerificationServiceStub permits, List<String> numbers) {
        var end = new CompletableFuture<Void>();
        var stream = permits.streamVerifyPermits(new StreamObserver<StreamVerifyPermitsResponse>() {
            @Override
            public void onNext(StreamVerifyPermitsResponse answer) {
                var place = answer.getSequence();
                for (var item : answer.getResponse().getItemsList()) {
                    System.out.println(place++ + " " + (item.getOutcomeCase() == BatchItem.OutcomeCase.ERROR
                        ? reason(item.getError()) : word(item.getResponse().getVerdict().getStatus())));
                }
                if (answer.hasError()) {
                    end.completeExceptionally(StatusProto.toStatusRuntimeException(answer.getError()));
                }
            }

            @Override
            public void onError(Throwable failure) {
                end.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                end.complete(null);
            }
        });
        for (var first = 0; first < numbers.size(); first += BATCH) {
            var batch = BatchVerifyPermitsRequest.newBuilder();
            numbers.subList(first, Math.min(first + BATCH, numbers.size()))
                .forEach(number -> batch.addChecks(VerifyPermitRequest.newBuilder().setPermitNumber(number)));
            stream.onNext(StreamVerifyPermitsRequest.newBuilder().setSequence(first).setBatch(batch).build());
        }
        stream.onCompleted();
        return end;
    }

    /** The stable reason of an error, and its wrong fields. */
    private static String reason(Status error) {
        return error.getDetailsList().stream().flatMap(Verify::read).collect(Collectors.joining(" "));
    }

    private static Stream<String> read(Any detail) {
        try {
            return detail.is(ErrorInfo.class) ? Stream.of(detail.unpack(ErrorInfo.class).getReason())
                : detail.is(BadRequest.class) ? detail.unpack(BadRequest.class).getFieldViolationsList().stream().map(BadRequest.FieldViolation::getField)
                : Stream.empty();
        } catch (InvalidProtocolBufferException broken) {
            return Stream.empty();
        }
    }

    private static String word(Enum<?> code) {
        return code.name().replaceFirst("^(PERMIT_STATUS|STATUS_REASON|ENTITLEMENT)_", "");
    }
}
