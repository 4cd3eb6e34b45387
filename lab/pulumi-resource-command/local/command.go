package local

import (
	"context"

	provider "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Command is the resource command:local:Command, whose life is a command for each of its steps.
type Command struct{}

// CommandInputs are what a program gives to the resource.
type CommandInputs struct {
	Settings
	Create *string `pulumi:"create,optional"`
	// Update is run in place of Create when the resource is there and its inputs have changed.
	Update *string `pulumi:"update,optional"`
	Delete *string `pulumi:"delete,optional"`
	// Triggers replace the resource when one of them changes.
	Triggers *[]any `pulumi:"triggers,optional" provider:"replaceOnChanges"`
}

// CommandState is what the state keeps: all inputs, and what the last command wrote.
type CommandState struct {
	CommandInputs
	Output
}

var (
	_ infer.CustomCheck[CommandInputs]                = Command{}
	_ infer.CustomUpdate[CommandInputs, CommandState] = Command{}
	_ infer.CustomDelete[CommandState]                = Command{}
)

// Check refuses, in the preview already, the inputs that only the official plugin takes.
func (Command) Check(ctx context.Context, request infer.CheckRequest) (infer.CheckResponse[CommandInputs], error) {
	inputs, failures, err := infer.DefaultCheck[CommandInputs](ctx, request.NewInputs)
	if input, reason := inputs.refusal(); input != "" {
		failures = append(failures, provider.CheckFailure{Property: input, Reason: reason})
	}
	return infer.CheckResponse[CommandInputs]{Inputs: inputs, Failures: failures}, err
}

// Create runs the command `create`; a preview runs nothing, and leaves the outputs unknown.
func (Command) Create(
	ctx context.Context, request infer.CreateRequest[CommandInputs],
) (infer.CreateResponse[CommandState], error) {
	identifier, err := resource.NewUniqueHex(request.Name, 8, 0)
	if err != nil {
		return infer.CreateResponse[CommandState]{}, err
	}
	state := CommandState{CommandInputs: request.Inputs}
	if !request.DryRun {
		state.Output, err = executeIfGiven(ctx, request.Inputs.Create, request.Inputs.Settings, Output{})
	}
	return infer.CreateResponse[CommandState]{ID: identifier, Output: state}, err
}

// Update runs the command `update`, or `create` when there is no `update`, after any change of an input.
func (Command) Update(
	ctx context.Context, request infer.UpdateRequest[CommandInputs, CommandState],
) (infer.UpdateResponse[CommandState], error) {
	state := CommandState{CommandInputs: request.Inputs, Output: request.State.Output}
	if request.DryRun {
		return infer.UpdateResponse[CommandState]{Output: state}, nil
	}
	command := request.Inputs.Update
	if command == nil {
		command = request.Inputs.Create
	}
	var err error
	state.Output, err = executeIfGiven(ctx, command, request.Inputs.Settings, request.State.Output)
	return infer.UpdateResponse[CommandState]{Output: state}, err
}

// Delete runs the command `delete` of the state, which is the one of the last create or update.
func (Command) Delete(
	ctx context.Context, request infer.DeleteRequest[CommandState],
) (infer.DeleteResponse, error) {
	_, err := executeIfGiven(ctx, request.State.Delete, request.State.Settings, request.State.Output)
	return infer.DeleteResponse{}, err
}

// executeIfGiven leaves what the last command wrote when there is no command.
func executeIfGiven(ctx context.Context, command *string, settings Settings, previous Output) (Output, error) {
	if command == nil {
		return previous, nil
	}
	return execute(ctx, *command, settings, previous)
}
