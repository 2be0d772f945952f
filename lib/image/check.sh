#!/bin/sh
# The image's health check: does the event loop of the server, or of the agent, still turn? (heartbeat.ts beats.)
# Nothing is started but this shell, and no connection made: load and strangers on the network cannot make it fail.
# Both sides count by /proc/uptime, so that a clock that is set anew changes nothing.
file=${1:-/dev/shm/vitals-heartbeat}
uptime=${2:-/proc/uptime}
limit=45

now=
[ -r "$uptime" ] && read -r now _ <"$uptime"
now=${now%%.*}
case $now in
'' | *[!0-9]*)
  echo "There is no time to count by in $uptime."
  exit 1
  ;;
esac
beat=
[ -r "$file" ] && read -r beat <"$file"
case $beat in
'')
  echo 'It has not started to serve yet.'
  exit 1
  ;;
*[!0-9]*)
  echo "What is in $file is no heartbeat."
  exit 1
  ;;
esac
age=$((now - beat))
if [ "$age" -lt 0 ] || [ "$age" -gt "$limit" ]; then
  echo "Its event loop has not turned for $age s."
  exit 1
fi
