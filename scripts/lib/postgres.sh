# A throw-away PostgreSQL on a free loopback port; sourced by the scripts that need one.
# start_postgres DIRECTORY [SETTINGS] sets POSTGRES_CONNECTION; stop_postgres ends it.

start_postgres() {
  POSTGRES_DIR=$1
  local bin
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  POSTGRES_PORT=$(free_port)
  POSTGRES_AS=()
  mkdir -p "$POSTGRES_DIR"
  # initdb refuses root.
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$POSTGRES_DIR"
    POSTGRES_AS=(runuser -u postgres --)
  fi
  POSTGRES_BIN=$bin
  "${POSTGRES_AS[@]}" "$bin/initdb" -D "$POSTGRES_DIR/data" -U crm --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  "${POSTGRES_AS[@]}" "$bin/pg_ctl" -D "$POSTGRES_DIR/data" -w -l "$POSTGRES_DIR/log" -o "-c listen_addresses=127.0.0.1 -c port=$POSTGRES_PORT -c unix_socket_directories='$POSTGRES_DIR' -c max_connections=200 -c fsync=on ${2:-}" start >/dev/null
  export POSTGRES_CONNECTION="Host=127.0.0.1;Port=$POSTGRES_PORT;Username=crm;Database=postgres"
}

stop_postgres() {
  [ -n "${POSTGRES_DIR:-}" ] || return 0
  (cd / && "${POSTGRES_AS[@]}" "$POSTGRES_BIN/pg_ctl" -D "$POSTGRES_DIR/data" -m immediate stop >/dev/null 2>&1) || true
  POSTGRES_DIR=
}
