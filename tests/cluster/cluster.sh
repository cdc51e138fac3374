#!/usr/bin/env bash
# A real OpenSearch cluster for the tests: three nodes, each a JVM of its own, on loopback.
#
#   cluster.sh up         starts what does not run yet and waits for green; downloads OpenSearch the first time
#   cluster.sh down       ends all nodes and removes their data
#   cluster.sh kill N     kill -9 of node N (1, 2, 3); its data stays
#   cluster.sh start N    brings node N back, on its data; does not wait for green
#   cluster.sh status     which nodes run, and how the cluster is; 0 when it is green with three
#
# DATELINE_CLUSTER_HTTP (9201) is the first node's port; DATELINE_CLUSTER_TRANSPORT, where the nodes talk, is 100 above.
# Clusters with ports of their own run side by side. DATELINE_CLUSTER_DATA is a folder for data and logs in place of
# target/cluster; a cluster keeps to PORT/ in it. DATELINE_CLUSTER_OPTIONS adds settings to the nodes that start:
# "http.max_content_length=1mb".
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
target=$(cd "$here/../.." && pwd)/target/cluster
http=${DATELINE_CLUSTER_HTTP:-9201}
transport=${DATELINE_CLUSTER_TRANSPORT:-$((http + 100))}
folder=${DATELINE_CLUSTER_DATA:-$target}/$http
[[ $folder == /* ]] || folder=$PWD/$folder
lib=$target/lib
nodes="1 2 3"
patience=120

# Something is missing or in the way (2), or a node or the cluster failed (1).
stop() { echo "cluster: $1" >&2; exit "${2:-2}"; }

# The major version of a JDK's java: 17, 25; 0 where there is none.
version() {
    local line
    line=$("$1/bin/java" -version 2>&1 | head -n 1) || true
    line=$(sed -n 's/.* version "\([0-9]*\).*/\1/p' <<< "$line")
    echo "${line:-0}"
}

find_jdk() {
    local jdk
    for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        if [ -x "$jdk/bin/javac" ] && [ "$(version "$jdk")" -ge 21 ]; then
            echo "$jdk"
            return
        fi
    done
    stop "no jdk of 21 or newer in JAVA_HOME or /usr/lib/jvm; install one or set JAVA_HOME to it"
}

# The jars stand only when they are all there, from this pom: the pom beside them is the stamp.
fetch() {
    cmp -s "$here/pom.xml" "$lib/pom.xml" && return
    command -v mvn > /dev/null ||
        stop "no mvn to download opensearch with; install Maven (Debian, Ubuntu: apt install maven)"
    mkdir -p "$target"
    local part
    part=$(mktemp -d "$target/lib.XXXXXX")
    echo "cluster: downloading opensearch (70 MB, once)" >&2
    mvn -q -B -Dstyle.color=never -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$part" >&2 ||
        { rm -rf "$part"; stop "the download failed; the lines above say why, try again" 1; }
    cp "$here/pom.xml" "$part/pom.xml"
    rm -rf "$lib"
    mv "$part" "$lib"
}

# Of node N: its process, only while that is one of ours (a number in a stale file may be anybody's by now).
pid() {
    local id
    id=$(cat "$folder/n$1.pid" 2> /dev/null) || return 1
    [[ $(ps -o args= -p "$id" 2> /dev/null) == *"Node.java $1 $folder/n$1 "* ]] || return 1
    echo "$id"
}

taken() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

start() {
    pid "$1" > /dev/null && return
    local port jdk
    for port in $((http + $1 - 1)) $((transport + $1 - 1)); do
        if taken "$port"; then
            stop "port $port is taken by another program; end it, or set DATELINE_CLUSTER_HTTP to another first port"
        fi
    done
    jdk=$(find_jdk)
    fetch
    mkdir -p "$folder/n$1"
    # A process group of its own, so that an interrupted test does not take the cluster with it unasked.
    set -m
    # shellcheck disable=SC2086 # options are words
    nohup "$jdk/bin/java" -Xms512m -Xmx512m -cp "$lib/*" "$here/Node.java" "$1" "$folder/n$1" "dateline-$http" \
        "$http" "$transport" ${DATELINE_CLUSTER_OPTIONS:-} > "$folder/n$1.log" 2>&1 < /dev/null &
    echo $! > "$folder/n$1.pid"
    set +m
}

# Returns when the ports are free again, so that a start may follow at once.
end() {
    local id
    if id=$(pid "$1"); then
        kill -9 "$id"
        for _ in {1..100}; do
            pid "$1" > /dev/null || taken $((http + $1 - 1)) || taken $((transport + $1 - 1)) || break
            sleep 0.1
        done
    fi
    rm -f "$folder/n$1.pid"
}

running() {
    local n
    for n in $nodes; do pid "$n" > /dev/null && echo "$n"; done
    return 0
}

# The answer of the first node that gives one.
ask() {
    local n
    for n in $(running); do
        curl -sf --max-time 10 "http://127.0.0.1:$((http + n - 1))$1" && return
    done
    return 1
}

green() { ask "/_cluster/health?wait_for_nodes=3&wait_for_status=green&timeout=${1}s" | grep -q '"timed_out":false'; }

wait_green() {
    local n start=$SECONDS
    until green 5; do
        for n in $nodes; do
            pid "$n" > /dev/null && continue
            tail -n 20 "$folder/n$n.log" >&2
            stop "node $n ended; its log is $folder/n$n.log" 1
        done
        [ $((SECONDS - start)) -lt $patience ] || stop "not green after $patience s; the logs are in $folder" 1
        sleep 0.5
    done
}

up() {
    command -v curl > /dev/null || stop "no curl to ask the cluster with; install it (Debian, Ubuntu: apt install curl)"
    local n
    for n in $nodes; do start "$n"; done
    wait_green
    status
}

down() {
    local n
    for n in $nodes; do end "$n"; done
    rm -rf "$folder"
}

status() {
    local n id health
    for n in $nodes; do
        if id=$(pid "$n"); then
            echo "n$n  http://127.0.0.1:$((http + n - 1))  process $id"
        else
            echo "n$n  does not run"
        fi
    done
    health=$(ask "/_cluster/health") || { echo "the cluster does not answer"; return 1; }
    health=$(sed -n 's/.*"status":"\([a-z]*\)".*"number_of_nodes":\([0-9]*\).*/\1 with \2 nodes/p' <<< "$health")
    echo "$health"
    [ "$health" = "green with 3 nodes" ]
}

node() { [[ " $nodes " == *" $1 "* ]] || stop "no node ${1:-without a number}; the nodes are 1, 2 and 3"; }

case ${1:-} in
up | down | status) "$1" ;;
kill) node "${2:-}" && end "$2" ;;
start) node "${2:-}" && start "$2" ;;
*) stop "usage: cluster.sh up | down | kill N | start N | status" ;;
esac
