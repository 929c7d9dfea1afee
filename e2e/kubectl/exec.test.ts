import { box } from './manifests';
import { session } from './session';

session(
  'kubectl exec and cp',
  __filename,
  String.raw`
== Set-up
$ kubectl create -f box.yaml; kubectl wait --for=condition=Ready pod/box
pod/box created
pod/box condition met

== Exec
$ kubectl exec box -- echo hello
Defaulted container "main" out of: main, side
hello
$ kubectl exec box -- sh -c 'echo err >&2; exit 3'
Defaulted container "main" out of: main, side
err
command terminated with exit code 3
[3]
$ kubectl exec box -- sh -c 'exit 0'
Defaulted container "main" out of: main, side
$ kubectl exec box -- sh -c 'echo err >&2' 2>/dev/null
$ kubectl exec box -- nothing
Defaulted container "main" out of: main, side
error: Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "DIGEST": OCI runtime exec failed: exec failed: unable to start container process: exec: "nothing": executable file not found in $PATH: unknown
[1]
$ kubectl exec box -- /bin/nothing
Defaulted container "main" out of: main, side
error: Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "DIGEST": OCI runtime exec failed: exec failed: unable to start container process: exec: "/bin/nothing": stat /bin/nothing: no such file or directory: unknown
[1]
$ kubectl exec box -- cat /missing
Defaulted container "main" out of: main, side
cat: can't open '/missing': No such file or directory
command terminated with exit code 1
[1]
$ kubectl exec box -- sh -c 'kill -9 $$'
Defaulted container "main" out of: main, side
command terminated with exit code 137
[137]
$ kubectl exec box -- sh -c 'echo $COLOR $HOSTNAME; pwd; id -u'
Defaulted container "main" out of: main, side
blue box
/
0
$ kubectl exec box -c side -- sh -c 'echo [$COLOR] $HOSTNAME'
[] box
$ kubectl exec box -c nothing -- true
error: container nothing is not valid for pod box out of: main, side
[1]
--- 1.32
Error from server (BadRequest): container nothing is not valid for pod box
[1]
$ kubectl exec nothing -- true
Error from server (NotFound): pods "nothing" not found
[1]
$ kubectl exec box
error: you must specify at least one command for the container
[1]
$ kubectl exec pod/box -- hostname
Defaulted container "main" out of: main, side
box
$ kubectl exec -it box -- echo hello
Defaulted container "main" out of: main, side
Unable to use a TTY - input is not a terminal or the right kind of file
hello
$ kubectl exec box echo hello
error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead
See 'kubectl exec -h' for help and examples
[1]
$ echo typed | kubectl exec -i box -- cat
Defaulted container "main" out of: main, side
typed
$ printf 'a\nb\nc\n' | kubectl exec -i box -- sh -c 'wc -l; echo rest: $(cat)'
Defaulted container "main" out of: main, side
3
rest:
$ head -c 300000 /dev/zero | kubectl exec -i box -- wc -c
Defaulted container "main" out of: main, side
300000
$ kubectl exec box -- sh -c 'head -c 500000 /dev/zero' | wc -c
Defaulted container "main" out of: main, side
500000
$ head -c 200000 /dev/urandom > noise; kubectl exec -i box -- cat < noise | cmp - noise && echo same
Defaulted container "main" out of: main, side
same
$ kubectl exec -i box -- sh <<'END'
> echo one
> false || echo two
> exit 5
> END
Defaulted container "main" out of: main, side
one
two
command terminated with exit code 5
[5]
$ kubectl exec box -- sh -c 'echo shared > /data/file'; kubectl exec box -c side -- cat /data/file
Defaulted container "main" out of: main, side
shared
$ kubectl exec box -- env | sort | grep -v -E 'KUBERNETES|SHLVL'
Defaulted container "main" out of: main, side
COLOR=blue
HOME=/root
HOSTNAME=box
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
$ kubectl exec box -- ls -la /data | awk '{print $1, $3, $9}'
Defaulted container "main" out of: main, side
total
drwxrwxrwx root .
drwxr-xr-x root ..
-rw-r--r-- root file
$ kubectl exec -q box -- true
$ timeout 2 kubectl exec box -- sleep 100; echo $?
Defaulted container "main" out of: main, side
124
$ kubectl exec box -- sh -c 'trap "" PIPE; seq 1 3' | head -1
Defaulted container "main" out of: main, side
1
$ kubectl exec box -- sh -c 'echo "a b"  "c*" $((1+2)) ; printf "%s|" x y'
Defaulted container "main" out of: main, side
a b c* 3
x|y| (no-eol)
$ kubectl exec svc/nothing -- true
Error from server (NotFound): services "nothing" not found
[1]

== In a terminal
$ script -qefc "kubectl exec -t box -- sh -c 'test -t 1 && echo yes'" /dev/null < /dev/null
Defaulted container "main" out of: main, side
command terminated with exit code 1
[1]

== Cp
$ echo words > 'a file.txt'; mkdir -p folder/sub; echo 1 > folder/one; head -c 100000 /dev/urandom > folder/sub/noise; chmod 755 folder/one; ln -s one folder/link
$ kubectl cp 'a file.txt' box:/data/copied.txt
Defaulted container "main" out of: main, side
$ kubectl exec box -- cat /data/copied.txt
Defaulted container "main" out of: main, side
words
$ kubectl cp 'a file.txt' box:/data/
Defaulted container "main" out of: main, side
$ kubectl cp folder box:/data/folder
Defaulted container "main" out of: main, side
$ kubectl exec box -- sh -c 'cd /data/folder && find . | sort && ls -l one link | cut -c1-10'
Defaulted container "main" out of: main, side
.
./link
./one
./sub
./sub/noise
lrwxrwxrwx
-rwxr-xr-x
$ kubectl cp box:/data/folder back 2>&1 | sort
Defaulted container "main" out of: main, side
tar: removing leading '/' from member names
warning: skipping symlink: "back/link" -> "one" (consider using "kubectl exec -n "" "box" -- tar cf - "/data/folder" | tar xf -")
$ cmp folder/sub/noise back/sub/noise && find back | sort
back
back/one
back/sub
back/sub/noise
$ kubectl cp box:/data/copied.txt copied.txt
Defaulted container "main" out of: main, side
tar: removing leading '/' from member names
$ cat copied.txt
words
$ kubectl cp $NS/box:data/copied.txt again.txt -c side; cat again.txt
words
$ kubectl cp box:/data/nothing nothing > /dev/null 2>&1; test -e nothing || echo not there
not there
$ kubectl cp nothing.txt box:/data/x
error: nothing.txt doesn't exist in local filesystem
[1]
$ kubectl cp folder/one box:/nowhere/at/all 2>&1 | grep -v -e 'Copying stdin' -e 'close sent'
Defaulted container "main" out of: main, side
tar: can't change directory to '/nowhere/at': No such file or directory
command terminated with exit code 1
$ kubectl cp box:/data/folder/sub/noise noise2 --retries=2; cmp noise2 folder/sub/noise && echo same
Defaulted container "main" out of: main, side
tar: removing leading '/' from member names
same
$ kubectl cp folder/one nothing:/x
Error from server (NotFound): pods "nothing" not found
[1]
$ kubectl cp a b
error: one of src or dest must be a remote file specification
[1]
$ kubectl exec box -- sh -c 'mkdir -p /data/empty; : > /data/empty/none'; kubectl cp box:/data/empty empty; find empty; wc -c < empty/none
Defaulted container "main" out of: main, side
Defaulted container "main" out of: main, side
tar: removing leading '/' from member names
empty
empty/none
0
$ echo 'ü' > 'ключ-é.txt'; kubectl cp 'ключ-é.txt' 'box:/data/ключ-é.txt'; kubectl exec box -- cat '/data/ключ-é.txt'
Defaulted container "main" out of: main, side
Defaulted container "main" out of: main, side
ü
$ tar cf - folder | kubectl exec -i box -- tar xf - -C /data/empty; kubectl exec box -- ls /data/empty/folder
Defaulted container "main" out of: main, side
Defaulted container "main" out of: main, side
link
one
sub
$ kubectl exec box -- tar cf - -C /data folder | tar tf - | sort
Defaulted container "main" out of: main, side
folder/
folder/link
folder/one
folder/sub/
folder/sub/noise
`,
  { files: { 'box.yaml': box } },
);
