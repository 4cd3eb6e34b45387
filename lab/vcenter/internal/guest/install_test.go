package guest

import (
	"net"
	"strings"
	"testing"
	"time"
)

func TestAGuestInstallsFromTheAddressThatIsTyped(t *testing.T) {
	t.Parallel()
	lab := installed(t, Behaviour{})
	record := lab.record()
	if record.IP != lab.reported() || !strings.HasPrefix(record.IP, "127.") || record.IP == onlyAddress {
		t.Errorf("the address is %q, reported %q", record.IP, lab.reported())
	}
	if !strings.HasSuffix(record.Typed, "/\"<enter>boot<enter>") || record.Keys != len(keysOf(record.Typed)) {
		t.Errorf("typed is %q with %d keys", record.Typed, record.Keys)
	}
	if len(record.Fetches) != 2 || record.Fetches[0].URL != lab.answers.URL+"/meta-data" ||
		record.Fetches[1] != (Fetch{URL: lab.answers.URL + "/user-data", Status: 200, Bytes: len(goodUserData)}) {
		t.Errorf("fetches are %+v", record.Fetches)
	}
}

func TestAGuestWithoutAnswersNeverGetsAnAddress(t *testing.T) {
	t.Parallel()
	good := map[string]string{"meta-data": "", "user-data": goodUserData}
	for name, sample := range map[string]struct {
		files   map[string]string
		base    string // the server's own when empty
		problem string
	}{
		"no meta-data":      {map[string]string{"user-data": goodUserData}, "", "meta-data: the answer is 404"},
		"no user-data":      {map[string]string{"meta-data": ""}, "", "user-data: the answer is 404"},
		"empty user-data":   {map[string]string{"meta-data": "", "user-data": ""}, "", "user-data: the file is empty"},
		"another machine":   {good, "http://192.0.2.1:8000", "192.0.2.1 is unreachable"},
		"a name":            {good, "http://localhost:8000", "localhost is unreachable"},
		"nobody listens":    {good, "http://127.0.0.1:1", "refused"},
		"not plain http":    {good, "https://127.0.0.1:8000", "not an http address"},
		"an address of v6":  {good, "http://[2001:db8::1]:8000", "is unreachable"},
		"no address at all": {good, "http://{{.HTTPIP}}:8000", "not an http address"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lab := newLab(t, Behaviour{}, sample.files)
			base := sample.base
			if base == "" {
				base = lab.answers.URL
			}
			lab.typeBoot(base)
			eventually(t, "the installer stops", func() bool { return lab.record().Problem != "" })
			time.Sleep(20 * time.Millisecond) // twenty times the time of an installation
			record := lab.record()
			if !strings.Contains(record.Problem, sample.problem) || record.IP != "" || lab.reported() != "" {
				t.Errorf("the problem is %q, the address %q", record.Problem, record.IP)
			}
			last := record.Fetches[len(record.Fetches)-1]
			if last.Status != 200 && last.Error == "" {
				t.Errorf("the failed fetch has no error: %+v", last)
			}
		})
	}
}

func TestAnAddressMayNeverCome(t *testing.T) {
	t.Parallel()
	lab := newLab(t, Behaviour{IP: addressNever}, map[string]string{"meta-data": "", "user-data": goodUserData})
	lab.typeBoot(lab.answers.URL)
	eventually(t, "the answers are fetched", func() bool { return len(lab.record().Fetches) == 2 })
	time.Sleep(20 * time.Millisecond)
	if record := lab.record(); record.IP != "" || record.Problem != "" || lab.reported() != "" {
		t.Errorf("got %+v", record)
	}
}

func TestPowerOffFreesTheAddressAndBreaksConnections(t *testing.T) {
	t.Parallel()
	for _, end := range []struct {
		name string
		act  func(*lab)
	}{
		{"power off", func(lab *lab) { lab.PowerOff(machine) }},
		{"destruction", func(lab *lab) { lab.Destroy(machine, "/X1/vm/was-here") }},
		{"end of the server", func(lab *lab) { lab.Close() }},
	} {
		t.Run(end.name, func(t *testing.T) {
			t.Parallel()
			lab := installed(t, Behaviour{})
			client, err := lab.dial(t, "ubuntu", "ubuntu")
			if err != nil {
				t.Fatal(err)
			}
			broken := make(chan struct{})
			go func() {
				_ = client.Wait()
				close(broken)
			}()
			end.act(lab)
			select {
			case <-broken:
			case <-time.After(5 * time.Second):
				t.Fatal("the connection lives on")
			}
			eventually(t, "the address can be used again", func() bool {
				listener, err := net.Listen("tcp4", lab.socket())
				if err == nil {
					_ = listener.Close()
				}
				return err == nil
			})
		})
	}
}

func TestRecordsOutliveTheirMachines(t *testing.T) {
	t.Parallel()
	lab := installed(t, Behaviour{})
	address := lab.record().IP
	lab.Destroy(machine, "/X1/vm/was-here")
	record := lab.record()
	if record.State != Destroyed || record.Path != "/X1/vm/was-here" || record.IP != address {
		t.Errorf("after destruction: %+v", record)
	}
	lab.PowerOn(machine) // a new machine may have any reference
	if records := lab.Report(); len(records) != 2 || records[1].Typed != "" {
		t.Errorf("got %+v", records)
	}
	lab.Forget()
	records := lab.Report()
	if len(records) != 1 || records[0].State != PoweredOn {
		t.Errorf("after forgetting: %+v", records)
	}
}

func TestKeysOfAMachineThatIsOffAreLost(t *testing.T) {
	t.Parallel()
	lab := newLab(t, Behaviour{}, nil)
	lab.PowerOff(machine)
	lab.typeBoot("http://127.0.0.1:1")
	if record := lab.record(); record.Typed != "" {
		t.Errorf("typed is %q", record.Typed)
	}
}

func TestBehaviourIsChecked(t *testing.T) {
	t.Parallel()
	negative := -1
	for message, behaviour := range map[string]Behaviour{
		"installMilliseconds":      {InstallMilliseconds: &negative},
		"normal, never":            {IP: "sometimes"},
		"normal, refused, hang":    {SSH: "sometimes"},
		"exitCode 256":             {Commands: []CommandRule{{ExitCode: 256}}},
		"lineBytes":                {Commands: []CommandRule{{LineBytes: -1}}},
		"commands[1]: outputBytes": {Commands: []CommandRule{{}, {OutputBytes: -1}}},
	} {
		if err := New(&fakeMachines{}, testPort).SetBehaviour(behaviour); err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("got %v, want %q", err, message)
		}
	}
}
