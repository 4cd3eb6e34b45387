// Command pulumi-language-nodejs starts the Node language host of an older SDK release with the options of Pulumi.yaml.
//
// The engine hands `runtime.options` to a language host inside each request. The last release of the host that can be
// built on its own reads them from its command line, as engines of its time passed them, and would otherwise run every
// program through ts-node and without `nodeargs`. The host itself lies beside this executable, with the suffix -host.
//
// It runs no policy packs either. When the engine was started with one, the program with the suffix -policies stands
// between the two (../pulumi/pulumi-language-nodejs-policies); all other runs go without it.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"gopkg.in/yaml.v3"
)

// project is the part of Pulumi.yaml that concerns the language host.
type project struct {
	Runtime runtime `yaml:"runtime"`
}

// runtime may be written as a name alone, which leaves all options at their defaults.
type runtime struct {
	Options struct {
		Typescript *bool   `yaml:"typescript"`
		Nodeargs   *string `yaml:"nodeargs"`
	} `yaml:"options"`
}

// UnmarshalYAML takes `runtime: nodejs` as well as `runtime: {name: nodejs, options: {...}}`.
func (r *runtime) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		return nil
	}
	type plain runtime
	return node.Decode((*plain)(r))
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-language-nodejs:", err)
		os.Exit(1)
	}
}

// run becomes the host's process, so that the engine's signals reach the host.
func run() error {
	executable, err := os.Executable()
	if err != nil {
		return err
	}
	arguments, err := optionArguments()
	if err != nil {
		return err
	}
	arguments = append([]string{executable}, append(arguments, os.Args[1:]...)...)
	host := executable + "-host"
	if startedWithPolicyPack(os.Getppid()) {
		host = executable + "-policies"
	}
	return syscall.Exec(host, arguments, os.Environ())
}

// startedWithPolicyPack tells whether a process, the engine, has the flag --policy-pack. What cannot be found out is no.
func startedWithPolicyPack(process int) bool {
	id := strconv.Itoa(process)
	arguments, err := os.ReadFile(filepath.Join("/proc", id, "cmdline"))
	if err != nil {
		// Only Linux has that file.
		arguments, err = exec.Command("ps", "-o", "args=", "-p", id).Output()
	}
	return err == nil && bytes.Contains(arguments, []byte("--policy-pack"))
}

// optionArguments turns the options of the nearest Pulumi.yaml into flags of the host.
func optionArguments() ([]string, error) {
	file, err := nearestProjectFile()
	if err != nil || file == "" {
		return nil, err
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var settings project
	if err := yaml.Unmarshal(content, &settings); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var arguments []string
	if value := settings.Runtime.Options.Typescript; value != nil {
		arguments = append(arguments, fmt.Sprintf("-typescript=%t", *value))
	}
	if value := settings.Runtime.Options.Nodeargs; value != nil {
		arguments = append(arguments, "-nodeargs="+*value)
	}
	return arguments, nil
}

// nearestProjectFile looks in the working folder and its parents; the engine starts the host somewhere in the project.
func nearestProjectFile() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		file := filepath.Join(folder, "Pulumi.yaml")
		if _, err := os.Stat(file); err == nil {
			return file, nil
		} else if !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", nil
		}
		folder = parent
	}
}
