package identity_test

import (
	"testing"

	"deckhouse-vsphere/lab/vcenter/internal/identity"
)

func TestNamesAreUnderstoodInBothSpellings(t *testing.T) {
	for text, want := range map[string]string{
		"administrator@vsphere.local":   `VSPHERE.LOCAL\administrator`,
		`vsphere.local\administrator`:   `VSPHERE.LOCAL\administrator`,
		"first.last@corp@vsphere.local": `VSPHERE.LOCAL\first.last@corp`,
	} {
		name, valid := identity.ParseName(text)
		if !valid || name.String() != want {
			t.Errorf("%s: got %s (%v), want %s", text, name, valid, want)
		}
	}
	for _, text := range []string{"", "administrator", "@vsphere.local", "administrator@", `\administrator`, `DOMAIN\`} {
		if name, valid := identity.ParseName(text); valid {
			t.Errorf("%q was understood as %s", text, name)
		}
	}
}

func TestPasswordsAreChecked(t *testing.T) {
	directory := identity.NewDirectory()
	if err := directory.AddUser("Somebody@vsphere.local", "secret"); err != nil {
		t.Fatal(err)
	}
	if user, valid := directory.Authenticate(`VSPHERE.local\SOMEBODY`, "secret"); !valid || user != `VSPHERE.LOCAL\Somebody` {
		t.Errorf("got %s, %v", user, valid)
	}
	for _, wrong := range [][2]string{{"Somebody@vsphere.local", "Secret"}, {"nobody@vsphere.local", ""}, {"Somebody", "secret"}} {
		if _, valid := directory.Authenticate(wrong[0], wrong[1]); valid {
			t.Errorf("%v was let in", wrong)
		}
	}
}
