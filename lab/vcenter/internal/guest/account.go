package guest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"golang.org/x/crypto/bcrypt"
)

// account is the user that the installer's answers create. Without a name anybody may log in.
type account struct {
	name   string
	plain  string // the password, when the answers hold it
	hashed string // its crypt(3) hash, when they hold that
}

// accepts checks a login as far as the answers allow: a plain password and a bcrypt hash are compared; of any other
// hash nothing is known, and every password but the empty one is right.
func (account account) accepts(user, password string) bool {
	switch {
	case password == "", account.name != "" && user != account.name:
		return false
	case account.plain != "":
		return password == account.plain
	case strings.HasPrefix(account.hashed, "$2"):
		return bcrypt.CompareHashAndPassword([]byte(account.hashed), []byte(password)) == nil
	default:
		return true
	}
}

// cloudConfigHeader is what cloud-init wants at the start of user-data; it ignores a text without it.
const cloudConfigHeader = "#cloud-config"

// accountOf reads the last file of the answers; the installer stops at an error.
func accountOf(kind answersKind, content []byte) (account, error) {
	if len(bytes.TrimSpace(content)) == 0 {
		return account{}, errors.New("the file is empty")
	}
	if kind == preseed {
		return preseedAccount(string(content)), nil
	}
	if !bytes.HasPrefix(content, []byte(cloudConfigHeader)) {
		return account{}, errors.New("the first line is not " + cloudConfigHeader)
	}
	var userData struct {
		Autoinstall *struct {
			Identity struct {
				Username string `yaml:"username"`
				Password string `yaml:"password"`
			} `yaml:"identity"`
		} `yaml:"autoinstall"`
	}
	if err := yaml.Unmarshal(content, &userData); err != nil {
		return account{}, fmt.Errorf("the file is not valid YAML: %s", yaml.FormatError(err, false, false))
	}
	if userData.Autoinstall == nil {
		return account{}, errors.New("the file has no key autoinstall")
	}
	identity := userData.Autoinstall.Identity
	return account{name: identity.Username, hashed: identity.Password}, nil
}

// preseedAccount reads the lines "d-i passwd/username string NAME" and those of the password.
func preseedAccount(text string) account {
	var found account
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) < 4 || fields[0] != "d-i" {
			continue
		}
		switch fields[1] {
		case "passwd/username":
			found.name = fields[3]
		case "passwd/user-password":
			found.plain = fields[3]
		case "passwd/user-password-crypted":
			found.hashed = fields[3]
		}
	}
	return found
}
