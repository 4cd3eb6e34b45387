package guest

import (
	"regexp"
	"strings"
	"testing"
)

var keyNames = regexp.MustCompile(`<[a-z0-9+]+>|.`)

// keysOf reads a boot command in the notation of records.
func keysOf(typed string) []key {
	var keys []key
	for _, word := range keyNames.FindAllString(typed, -1) {
		name := strings.Trim(word, "<>")
		switch {
		case len(word) == 1:
			keys = append(keys, key{character: rune(word[0])})
		case strings.HasPrefix(name, "ctrl+"):
			keys = append(keys, key{character: rune(name[len(name)-1]), control: true})
		default:
			keys = append(keys, key{name: name})
		}
	}
	return keys
}

func TestTheBootCommandStartsTheInstaller(t *testing.T) {
	t.Parallel()
	const seed = `ds="nocloud-net;seedfrom=http://127.0.0.1:8000/"`
	const metaData, userData = "http://127.0.0.1:8000/meta-data", "http://127.0.0.1:8000/user-data"
	for typed, want := range map[string]string{
		// Forms of isolinux: 18.04, 20.04.
		"<enter><f6><esc><bs><bs>/install/vmlinuz url=http://127.0.0.1:8000/preseed.cfg<enter>":   "http://127.0.0.1:8000/preseed.cfg",
		"/install/vmlinuz preseed/url=http://127.0.0.1:8000/preseed.cfg auto=true <enter>":        "http://127.0.0.1:8000/preseed.cfg",
		"/install/vmlinuz url=http://127.0.0.1:8000/pre<bs><bs><bs>a.cfg<enter>":                  "http://127.0.0.1:8000/a.cfg",
		"<esc>/casper/vmlinuz autoinstall ds=nocloud-net;s=http://127.0.0.1:8000/ <enter><enter>": metaData + " " + userData,
		// GRUB's console and editor: 22.04, 24.04.
		"clinux /casper/vmlinuz autoinstall " + seed + " ---<enter>initrd /casper/initrd<enter>boot<enter>": metaData + " " + userData,
		"e<down><down><end> autoinstall " + seed + "<f10>":                                                  metaData + " " + userData,
		`e<end> autoinstall ds=nocloud\;seedfrom=http://127.0.0.1:8000/ <ctrl+x>`:                           metaData + " " + userData,
		// Nothing starts.
		"clinux /casper/vmlinuz autoinstall " + seed + "<enter>initrd /casper/initrd<enter>": "",
		"url=http://127.0.0.1:8000/preseed.cfg":                                              "",
		"<enter>boot<enter><f10>":                                                            "",
		"hello<enter>":                                                                       "",
	} {
		got := ""
		prompt := &prompt{}
		for _, pressed := range keysOf(typed) {
			if named, starts := prompt.press(pressed); starts {
				got = strings.Join(named.urls, " ")
				break
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", typed, got, want)
		}
	}
}
