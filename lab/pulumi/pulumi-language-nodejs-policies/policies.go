package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// engineStream is the stream of a RunPlugin call, which the policy pack's output goes into.
type engineStream struct {
	grpc.ServerStream
}

func (s engineStream) Send(response *pulumirpc.RunPluginResponse) error {
	return s.SendMsg(response)
}

// runPolicyPack runs a policy pack as pulumi-language-nodejs 3.259 does: in its own folder, with the SDK that is found
// from there, and with the stack's configuration in the environment, for which it has to wait.
func runPolicyPack(stream grpc.ServerStream) error {
	request := new(pulumirpc.RunPluginRequest)
	if err := stream.RecvMsg(request); err != nil {
		return err
	}
	if request.Kind != "analyzer" {
		return status.Error(codes.Unimplemented, "the lab's language host runs no plugins but policy packs")
	}
	folder := request.Info.ProgramDirectory
	runner, err := runnerOf(folder)
	if err != nil {
		return err
	}
	closer, stdout, stderr, err := rpcutil.MakeRunPluginStreams(engineStream{stream}, false)
	if err != nil {
		return err
	}
	defer closer.Close()
	proxy, stdout, err := sdk.NewPolicyProxy(stream.Context(), stdout)
	if err != nil {
		return err
	}
	configured, err := proxy.AwaitConfiguration(stream.Context())
	if err != nil {
		return err
	}
	told, err := environmentOf(configured)
	if err != nil {
		return err
	}
	command := exec.CommandContext(stream.Context(), "node", append(append([]string{runner}, request.Args...), folder)...)
	command.Dir = folder
	command.Env = append(request.Env, told...)
	command.Stdout, command.Stderr = stdout, stderr
	if err := command.Start(); err != nil {
		return err
	}
	return proxy.Attach(stream.Context(), command)
}

// runnerOf finds the part of the Node SDK that runs policy packs, as Node would from the pack's folder.
func runnerOf(folder string) (string, error) {
	const module = "@pulumi/pulumi/cmd/run-policy-pack"
	for parent := folder; ; parent = filepath.Dir(parent) {
		path := filepath.Join(parent, "node_modules", module)
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
		if parent == filepath.Dir(parent) {
			return "", fmt.Errorf("no %s in or above %s: install the packages first (npm ci)", module, folder)
		}
	}
}

// environmentOf is what a policy pack is told of its stack: policy packs of Node know no other way.
func environmentOf(configured *pulumirpc.AnalyzerStackConfigureRequest) ([]string, error) {
	if configured == nil {
		return nil, nil
	}
	configuration, err := json.Marshal(configured.Config)
	if err != nil {
		return nil, err
	}
	return []string{
		"PULUMI_NODEJS_ORGANIZATION=" + configured.Organization,
		"PULUMI_NODEJS_PROJECT=" + configured.Project,
		"PULUMI_NODEJS_STACK=" + configured.Stack,
		"PULUMI_NODEJS_DRY_RUN=" + strconv.FormatBool(configured.DryRun),
		"PULUMI_CONFIG=" + string(configuration),
	}, nil
}
