package local

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func pointer[Value any](value Value) *Value { return &value }

// silent shows nothing while a command runs, as the program asks for.
var silent = Settings{Logging: pointer(LogNone)}

// succeed runs a command that must not fail.
func succeed(t *testing.T, command string, settings Settings, previous Output) Output {
	t.Helper()
	output, err := execute(t.Context(), command, settings, previous)
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return output
}

func TestOutputsAreWholeWithoutTheirLastBreak(t *testing.T) {
	long := strings.Repeat("x\n", 1_000_000)
	script := `awk 'BEGIN { for (i = 0; i < 1000000; i++) print "x" }'; printf 'a\nb\n\n' >&2`
	if got := succeed(t, script, silent, Output{}); got.Stdout != strings.TrimSuffix(long, "\n") || got.Stderr != "a\nb\n" {
		t.Errorf("%d characters on standard output, %q on standard error", len(got.Stdout), got.Stderr)
	}
}

func TestLinesOfAnyLengthAreTakenWhenNothingIsShown(t *testing.T) {
	got := succeed(t, `head -c 200000 /dev/zero | tr '\0' x`, silent, Output{})
	if got.Stdout != strings.Repeat("x", 200_000) {
		t.Errorf("%d characters", len(got.Stdout))
	}
}

// The fault of the official plugin that makes the program show nothing.
func TestALongLineThatIsShownHangsForEver(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := execute(ctx, `head -c 200000 /dev/zero | tr '\0' x; echo`, Settings{}, Output{})
		ended <- err
	}()
	for _, step := range []func(){func() {}, cancel} {
		step()
		select {
		case err := <-ended:
			t.Fatalf("ended: %v", err)
		case <-time.After(time.Second):
		}
	}
}

func TestSettingsSayHowACommandRuns(t *testing.T) {
	folder, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		command  string
		settings Settings
		want     string
	}{
		"a shell by default": {`echo $0; cat`, Settings{}, "/bin/sh"},
		"interpreter":        {"word", Settings{Interpreter: &[]string{"echo", "the"}}, "the word"},
		"stdin":              {"cat", Settings{Stdin: pointer("input")}, "input"},
		"dir":                {"pwd -P", Settings{Directory: &folder}, folder},
		"environment":        {"echo $ONE", Settings{Environment: &map[string]string{"ONE": "1"}}, "1"},
	} {
		if got := succeed(t, test.command, test.settings, Output{}); got.Stdout != test.want {
			t.Errorf("%s: %q, not %q", name, got.Stdout, test.want)
		}
	}
	_, err = execute(t.Context(), "true", Settings{Directory: pointer("/no-such-folder")}, Output{})
	if err == nil || !strings.Contains(err.Error(), "/no-such-folder: no such file or directory") {
		t.Errorf("an unknown folder: %v", err)
	}
}

func TestPreviousOutputsComeByTheEnvironmentUnlessToldOtherwise(t *testing.T) {
	const show = `echo "$PULUMI_COMMAND_STDOUT,$PULUMI_COMMAND_STDERR"`
	previous := Output{Stdout: "out", Stderr: "err"}
	apart := Settings{AddPreviousOutputInEnv: pointer(false)}
	if got := succeed(t, show, Settings{}, previous).Stdout; got != "out,err" {
		t.Errorf("told: %q", got)
	}
	if got := succeed(t, show, apart, previous).Stdout; got != "," {
		t.Errorf("not told: %q", got)
	}
	long := Output{Stdout: strings.Repeat("x", 160_000)}
	succeed(t, "true", apart, long)
	if _, err := execute(t.Context(), "true", Settings{}, long); err == nil || !strings.Contains(err.Error(), "argument list too long") {
		t.Errorf("a long previous output: %v", err)
	}
}

func TestAFailureShowsTheCommandAndAllItsOutput(t *testing.T) {
	const command = "echo first; sleep 0.1; echo second >&2; sleep 0.1; echo third; exit 3"
	_, err := execute(t.Context(), command, silent, Output{})
	want := `exit status 3: running "` + command + "\":\nfirst\nsecond\nthird\n"
	if err == nil || err.Error() != want {
		t.Errorf("%v, not %s", err, want)
	}
}

func TestTheEndOfTheContextKillsTheShellAloneAndWaitsForItsChildren(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	survivor := filepath.Join(t.TempDir(), "survivor")
	command := "(sleep 1; echo late > '" + survivor + "') & wait"
	_, err := execute(ctx, command, silent, Output{})
	if err == nil || !strings.HasPrefix(err.Error(), "signal: killed: running ") {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(survivor); err != nil {
		t.Error("did not wait for the child")
	}
}

func TestLoggingChoosesWhatIsShown(t *testing.T) {
	for logging, want := range map[*Logging][2]bool{
		nil:                         {true, true},
		pointer(LogStdout):          {true, false},
		pointer(LogStderr):          {false, true},
		pointer(LogStdoutAndStderr): {true, true},
		pointer(LogNone):            {false, false},
	} {
		if got := [2]bool{logging.showsStdout(), logging.showsStderr()}; got != want {
			t.Errorf("%v: %v, not %v", logging, got, want)
		}
	}
}
