#!/usr/bin/env bash
# Makes the Java sample from protos/ with Debian's packages, once, and asks: ./verify.sh BJ2024D00002
#   apt-get install default-jdk-headless protobuf-compiler protobuf-compiler-grpc-java-plugin libprotobuf-dev libprotobuf-java \
#     libgrpc-java libnetty-java libguava-java libgoogle-gson-java libperfmark-java libgeronimo-annotation-1.3-spec-java
set -euo pipefail
cd "$(dirname "$0")"
build=${BUILD:-build}
jars=$(printf '%s:' /usr/share/java/{grpc-{api,context,core,netty,protobuf,protobuf-lite,stub},netty-{buffer,codec,codec-http,codec-http2,codec-socks,common,handler,handler-proxy,resolver,transport}}.jar \
  /usr/share/java/{protobuf,guava,gson,perfmark-api,geronimo-annotation-1.3-spec}.jar)

if [ ! "$build/Verify.class" -nt Verify.java ]; then
  rm -rf "$build" && mkdir -p "$build/generated"
  protoc -I ../../protos --java_out="$build/generated" --grpc-java_out="$build/generated" \
    --plugin=protoc-gen-grpc-java="$(command -v grpc_java_plugin)" $(cd ../../protos && find permits google -name '*.proto')
  javac -proc:none -d "$build" -cp "$jars" $(find "$build/generated" -name '*.java') Verify.java
fi
exec java -cp "$build:$jars" Verify "$@"
