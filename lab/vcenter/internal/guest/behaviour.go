package guest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The ways in which the SSH server of a guest answers.
const (
	sshNormal  = "normal"
	sshRefused = "refused" // nobody listens
	sshHang    = "hang"    // connections are accepted and never answered
)

// The ways in which a guest gets its address.
const (
	addressNormal = "normal"
	addressNever  = "never"
)

// Behaviour says how guests behave from now on. The zero value of a field means the default.
type Behaviour struct {
	InstallMilliseconds *int          `json:"installMilliseconds,omitempty"`
	IP                  string        `json:"ip,omitempty"`
	SSH                 string        `json:"ssh,omitempty"`
	Commands            []CommandRule `json:"commands,omitempty"`
}

// CommandRule says how the commands behave that contain Match, themselves or in an uploaded file that they run.
type CommandRule struct {
	Match        string `json:"match"`
	ExitCode     int    `json:"exitCode,omitempty"`
	Stdout       string `json:"stdout,omitempty"`
	Stderr       string `json:"stderr,omitempty"`
	OutputBytes  int    `json:"outputBytes,omitempty"`
	LineBytes    int    `json:"lineBytes,omitempty"`
	Milliseconds int    `json:"milliseconds,omitempty"`
}

const (
	defaultInstallMilliseconds = 300
	defaultLineBytes           = 80
)

func (behaviour Behaviour) check() error {
	if behaviour.InstallMilliseconds != nil && *behaviour.InstallMilliseconds < 0 {
		return errors.New("installMilliseconds must not be negative")
	}
	if err := oneOf("ip", behaviour.IP, addressNormal, addressNever); err != nil {
		return err
	}
	if err := oneOf("ssh", behaviour.SSH, sshNormal, sshRefused, sshHang); err != nil {
		return err
	}
	for position, rule := range behaviour.Commands {
		if rule.ExitCode < 0 || rule.ExitCode > 255 {
			return fmt.Errorf("commands[%d]: exitCode %d is not between 0 and 255", position, rule.ExitCode)
		}
		if rule.OutputBytes < 0 || rule.LineBytes < 0 || rule.Milliseconds < 0 {
			return fmt.Errorf("commands[%d]: outputBytes, lineBytes and milliseconds must not be negative", position)
		}
	}
	return nil
}

func oneOf(name, value string, allowed ...string) error {
	if value == "" || slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%s %q is not one of %s", name, value, strings.Join(allowed, ", "))
}

func (behaviour Behaviour) installTime() time.Duration {
	milliseconds := defaultInstallMilliseconds
	if behaviour.InstallMilliseconds != nil {
		milliseconds = *behaviour.InstallMilliseconds
	}
	return time.Duration(milliseconds) * time.Millisecond
}

// rule returns the first rule that fits a command, or one that lets it succeed.
func (behaviour Behaviour) rule(command string) CommandRule {
	for _, rule := range behaviour.Commands {
		if strings.Contains(command, rule.Match) {
			return rule
		}
	}
	return CommandRule{}
}
