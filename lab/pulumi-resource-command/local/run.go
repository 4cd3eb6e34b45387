package local

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi-go-provider/infer"
)

// Run is the function command:local:run, which runs its command each time it is called, in previews too.
type Run struct{}

// RunInputs are what a program gives to the function.
type RunInputs struct {
	Settings
	Command string `pulumi:"command"`
}

// RunResult is what the program gets: all inputs, and what the command wrote.
type RunResult struct {
	RunInputs
	Output
}

// Invoke runs the command.
func (Run) Invoke(
	ctx context.Context, request infer.FunctionRequest[RunInputs],
) (infer.FunctionResponse[RunResult], error) {
	inputs := request.Input
	if input, reason := inputs.refusal(); input != "" {
		return infer.FunctionResponse[RunResult]{}, fmt.Errorf("%s: %s", input, reason)
	}
	output, err := execute(ctx, inputs.Command, inputs.Settings, Output{})
	return infer.FunctionResponse[RunResult]{Output: RunResult{RunInputs: inputs, Output: output}}, err
}
