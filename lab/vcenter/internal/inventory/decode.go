package inventory

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/goccy/go-yaml"
)

// Decode reads a description. Unknown and repeated keys are faults: a misspelt key must not silently do nothing.
func Decode(text []byte) (Description, error) {
	var description Description
	decoder := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict())
	if err := decoder.Decode(&description); err != nil && !errors.Is(err, io.EOF) {
		return Description{}, fmt.Errorf("the inventory is not valid YAML of the expected form:\n%s", yaml.FormatError(err, false, true))
	}
	if err := description.validate(); err != nil {
		return Description{}, err
	}
	return description, nil
}
