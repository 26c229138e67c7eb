import com.google.gson.Gson;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import permits.verification.v1.BatchVerifyPermitsRequest;
import permits.verification.v1.Decision;
import permits.verification.v1.StreamVerifyPermitsRequest;
import permits.verification.v1.StreamVerifyPermitsResponse;
import permits.verification.v1.Verdict;
import permits.verification.v1.VerificationServiceGrpc;
import permits.verification.v1.VerifyPermitRequest;

/** Asks the permit verification service, with code made from protos/ alone: ./verify.sh BJ2024D00002 */
public final class Verify {
  private static final String ADDRESS = setting("VERIFICATION_ADDRESS", "localhost:5081").replaceFirst("^http://", "");
  private static final String KEY = setting("VERIFICATION_API_KEY", "demo-housing");
  private static final Path RETRIES = Path.of("..", "service-config.json");
  private static final int SECONDS = 10;
  private static final int ANSWER_BYTES = 16 * 1024 * 1024;
  private static final int BATCH = 1000;

  public static void main(String[] numbers) throws Exception {
    Metadata credential = new Metadata();
    credential.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + KEY);
    @SuppressWarnings("unchecked")
    Map<String, ?> retries = new Gson().fromJson(Files.readString(RETRIES), Map.class);
    ManagedChannel channel = ManagedChannelBuilder.forTarget(ADDRESS)
        .usePlaintext()
        .intercept(MetadataUtils.newAttachHeadersInterceptor(credential))
        .defaultServiceConfig(retries)
        .enableRetry()
        .maxInboundMessageSize(ANSWER_BYTES)
        .build();
    int code = 0;
    try {
      VerificationServiceGrpc.VerificationServiceBlockingStub permits = VerificationServiceGrpc.newBlockingStub(channel);
      for (String number : numbers) {
        VerifyPermitRequest request = VerifyPermitRequest.newBuilder().setPermitNumber(number).build();
        show(permits.withDeadlineAfter(SECONDS, TimeUnit.SECONDS).verifyPermit(request).getVerdict());
      }
      verifyMany(VerificationServiceGrpc.newStub(channel), List.of(numbers));
    } catch (StatusRuntimeException error) {
      // Never a "no": the question was wrong, or nobody could tell.
      com.google.rpc.Status status = StatusProto.fromThrowable(error);
      System.err.println(status.getDetailsCount() > 0 ? reasonIn(status) : error.getStatus().getCode());
      code = error.getStatus().getCode() == Status.Code.UNAVAILABLE ? 3 : 1;
    } finally {
      channel.shutdownNow();
    }
    System.exit(code);
  }

  private static void show(Verdict verdict) {
    List<String> words = new ArrayList<>(List.of(verdict.getPermitNumber(), word(verdict.getStatus())));
    verdict.getReasonsList().forEach(reason -> words.add(word(reason)));
    System.out.println(String.join(" ", words));
    verdict.getEntitlementsList().stream()
        .filter(decided -> decided.getDecision() == Decision.DECISION_CONFERRED)
        .forEach(decided -> System.out.println("  " + word(decided.getEntitlement())));
  }

  /** Any number of checks, in batches on one stream, each named by the place of its first; sent no faster than the service takes them. */
  private static void verifyMany(VerificationServiceGrpc.VerificationServiceStub permits, List<String> numbers) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    permits.streamVerifyPermits(new ClientResponseObserver<StreamVerifyPermitsRequest, StreamVerifyPermitsResponse>() {
      private int sent;
      private boolean ended;

      @Override
      public void beforeStart(ClientCallStreamObserver<StreamVerifyPermitsRequest> batches) {
        batches.setOnReadyHandler(() -> {
          for (; batches.isReady() && sent < numbers.size(); sent += BATCH) batches.onNext(batch(numbers, sent));
          if (sent >= numbers.size() && !ended) {
            ended = true;
            batches.onCompleted();
          }
        });
      }

      @Override
      public void onNext(StreamVerifyPermitsResponse answer) {
        if (answer.hasError()) System.out.println("stream " + reasonIn(answer.getError()));
        long place = answer.getSequence();
        for (var item : answer.getResponse().getItemsList())
          System.out.println(place++ + " " + (item.hasError() ? reasonIn(item.getError()) : word(item.getResponse().getVerdict().getStatus())));
      }

      @Override
      public void onError(Throwable error) {
        end.completeExceptionally(error);
      }

      @Override
      public void onCompleted() {
        end.complete(null);
      }
    });
    try {
      end.join();
    } catch (CompletionException failure) {
      throw Status.fromThrowable(failure).asRuntimeException(Status.trailersFromThrowable(failure));
    }
  }

  private static StreamVerifyPermitsRequest batch(List<String> numbers, int first) {
    BatchVerifyPermitsRequest.Builder batch = BatchVerifyPermitsRequest.newBuilder();
    for (String number : numbers.subList(first, Math.min(first + BATCH, numbers.size())))
      batch.addChecks(VerifyPermitRequest.newBuilder().setPermitNumber(number));
    return StreamVerifyPermitsRequest.newBuilder().setSequence(first).setBatch(batch).build();
  }

  /** The stable reason of an error, and its wrong fields; of a failed call or of an item of a batch. */
  private static String reasonIn(com.google.rpc.Status status) {
    List<String> found = new ArrayList<>();
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) found.add(0, detail.unpack(ErrorInfo.class).getReason());
        if (detail.is(BadRequest.class)) detail.unpack(BadRequest.class).getFieldViolationsList().forEach(bad -> found.add(bad.getField()));
      }
    } catch (InvalidProtocolBufferException broken) {
      throw Status.INTERNAL.withCause(broken).asRuntimeException();
    }
    return String.join(" ", found);
  }

  private static String word(Enum<?> code) {
    return code.name().replaceFirst("^(PERMIT_STATUS|STATUS_REASON|ENTITLEMENT)_", "");
  }

  private static String setting(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }
}
