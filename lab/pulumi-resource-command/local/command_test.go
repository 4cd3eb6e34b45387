package local

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

func TestAPreviewRunsNothingAndLeavesTheOutputs(t *testing.T) {
	inputs := CommandInputs{Settings: silent, Create: pointer("echo made"), Update: pointer("echo changed")}
	created, err := Command{}.Create(t.Context(), infer.CreateRequest[CommandInputs]{Name: "one", Inputs: inputs, DryRun: true})
	if err != nil || created.Output.Stdout != "" {
		t.Errorf("create: %q, %v", created.Output.Stdout, err)
	}
	state := CommandState{CommandInputs: inputs, Output: Output{Stdout: "before"}}
	request := infer.UpdateRequest[CommandInputs, CommandState]{Inputs: inputs, State: state, DryRun: true}
	updated, err := Command{}.Update(t.Context(), request)
	if err != nil || updated.Output.Stdout != "before" {
		t.Errorf("update: %q, %v", updated.Output.Stdout, err)
	}
}

func TestEachStepOfALifeRunsItsCommand(t *testing.T) {
	create, update := pointer("echo create"), pointer("echo update")
	created, err := Command{}.Create(t.Context(), infer.CreateRequest[CommandInputs]{Name: "one", Inputs: CommandInputs{Settings: silent, Create: create}})
	if err != nil || created.Output.Stdout != "create" || !strings.HasPrefix(created.ID, "one") {
		t.Errorf("create: %+v, %v", created, err)
	}
	for name, test := range map[string]struct {
		inputs CommandInputs
		want   string
	}{
		"update":                   {CommandInputs{Settings: silent, Create: create, Update: update}, "update"},
		"create without an update": {CommandInputs{Settings: silent, Create: create}, "create"},
		"nothing without either":   {CommandInputs{Settings: silent}, "before"},
	} {
		state := CommandState{Output: Output{Stdout: "before"}}
		request := infer.UpdateRequest[CommandInputs, CommandState]{Inputs: test.inputs, State: state}
		updated, err := Command{}.Update(t.Context(), request)
		if err != nil || updated.Output.Stdout != test.want {
			t.Errorf("%s: %q, %v", name, updated.Output.Stdout, err)
		}
	}
	state := CommandState{CommandInputs: CommandInputs{Settings: silent, Delete: pointer("echo gone; exit 1")}}
	if _, err := (Command{}).Delete(t.Context(), infer.DeleteRequest[CommandState]{State: state}); err == nil || !strings.Contains(err.Error(), "gone") {
		t.Errorf("delete: %v", err)
	}
}

func TestTheFunctionRunsItsCommand(t *testing.T) {
	request := infer.FunctionRequest[RunInputs]{Input: RunInputs{Settings: silent, Command: "echo called"}}
	if got, err := (Run{}).Invoke(t.Context(), request); err != nil || got.Output.Stdout != "called" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWhatTheLabCannotDoIsRefused(t *testing.T) {
	paths := property.New([]property.Value{property.New("*")})
	for _, input := range []string{"assetPaths", "archivePaths"} {
		checked, err := Command{}.Check(t.Context(), infer.CheckRequest{NewInputs: property.NewMap(map[string]property.Value{input: paths})})
		if err != nil || len(checked.Failures) != 1 || checked.Failures[0].Property != input {
			t.Errorf("%s: %+v, %v", input, checked.Failures, err)
		}
	}
	request := infer.FunctionRequest[RunInputs]{Input: RunInputs{Command: "true", Settings: Settings{AssetPaths: &[]string{"*"}}}}
	if _, err := (Run{}).Invoke(t.Context(), request); err == nil || !strings.HasPrefix(err.Error(), "assetPaths: ") {
		t.Errorf("the function: %v", err)
	}
}
