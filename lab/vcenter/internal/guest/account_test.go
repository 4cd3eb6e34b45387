package guest

import (
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"
)

func TestAnInstallerStopsAtAnswersItCannotRead(t *testing.T) {
	t.Parallel()
	for content, message := range map[string]string{
		"":                            "empty",
		" \n":                         "empty",
		"autoinstall: {}\n":           "#cloud-config",
		"#cloud-config\n":             "no key autoinstall",
		"#cloud-config\na: [\n":       "not valid YAML",
		"#cloud-config\nusers: []\n":  "no key autoinstall",
		"#cloud-config\nautoinstall:": "no key autoinstall",
	} {
		if _, err := accountOf(cloudInit, []byte(content)); err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("%q: got %v, want %q", content, err, message)
		}
	}
	if _, err := accountOf(preseed, nil); err == nil {
		t.Error("an empty preseed file is accepted")
	}
}

func TestOnlyTheUserOfTheAnswersMayLogIn(t *testing.T) {
	t.Parallel()
	hash, err := bcrypt.GenerateFromPassword([]byte("secret"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	userData := func(password string) account {
		content := "#cloud-config\nautoinstall:\n  identity: {hostname: h, username: ubuntu, password: '" + password + "'}\n"
		user, err := accountOf(cloudInit, []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		return user
	}
	preseeded, err := accountOf(preseed, []byte("# comment\nd-i passwd/username string ubuntu\nd-i passwd/user-password password secret\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, sample := range []struct {
		user           account
		name, password string
		want           bool
	}{
		{userData(string(hash)), "ubuntu", "secret", true},
		{userData(string(hash)), "ubuntu", "wrong", false},
		{userData(string(hash)), "root", "secret", false},
		{userData("$6$salt$hash"), "ubuntu", "anything", true},
		{userData("$6$salt$hash"), "ubuntu", "", false},
		{preseeded, "ubuntu", "secret", true},
		{preseeded, "ubuntu", "wrong", false},
		{account{}, "anybody", "anything", true},
	} {
		if got := sample.user.accepts(sample.name, sample.password); got != sample.want {
			t.Errorf("%s with %q on %+v: got %v", sample.name, sample.password, sample.user, got)
		}
	}
}
