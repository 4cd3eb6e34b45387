// Command pulumi-language-nodejs-policies is a Node language host that can run policy packs too.
//
// The engine asks a language host to run a policy pack (RunPlugin), which the last release of the Node host that can be
// built on its own refuses. This one starts that host, hands every other call on to it as it came, and runs policy packs
// itself, as hosts of today do (policies.go).
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
)

const runPlugin = "/pulumirpc.LanguageRuntime/RunPlugin"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-language-nodejs-policies:", err)
		os.Exit(1)
	}
}

func run() error {
	host, err := startHost(os.Args[1:])
	if err != nil {
		return err
	}
	cancel := make(chan bool)
	server, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: cancel,
		Options: []grpc.ServerOption{
			grpc.ForceServerCodecV2(rawCodec{}),
			grpc.UnknownServiceHandler(func(_ any, stream grpc.ServerStream) error {
				if method, _ := grpc.MethodFromServerStream(stream); method == runPlugin {
					return runPolicyPack(stream)
				}
				return handOn(stream, host.connection)
			}),
		},
	})
	if err != nil {
		return err
	}
	// What the engine reads to connect.
	fmt.Println(server.Port)
	// The host ends by itself when the engine is gone; without the host there is nothing left to do here.
	failure := host.command.Wait()
	close(cancel)
	return failure
}

// languageHost is the running host that most calls are handed on to.
type languageHost struct {
	command    *exec.Cmd
	connection *grpc.ClientConn
}

// startHost starts the host that lies beside this executable, and connects to the port that it prints.
func startHost(arguments []string) (*languageHost, error) {
	executable, err := os.Executable()
	if err != nil {
		return nil, err
	}
	command := exec.Command(strings.TrimSuffix(executable, "-policies")+"-host", arguments...)
	command.Stderr = os.Stderr
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(stdout)
	port, err := lines.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the language host told no port: %w", err)
	}
	go func() { _, _ = io.Copy(os.Stdout, lines) }()
	connection, err := grpc.NewClient("127.0.0.1:"+strings.TrimSpace(port),
		grpc.WithTransportCredentials(insecure.NewCredentials()), rpcutil.GrpcChannelOptions())
	return &languageHost{command, connection}, err
}

// handOn gives a call to the host, whatever it is, and the host's answer to the engine.
func handOn(stream grpc.ServerStream, connection *grpc.ClientConn) error {
	method, ok := grpc.MethodFromServerStream(stream)
	if !ok {
		return status.Error(codes.Internal, "a call without a method")
	}
	ctx, cancel := context.WithCancel(stream.Context())
	defer cancel()
	description := &grpc.StreamDesc{ServerStreams: true, ClientStreams: true}
	answer, err := connection.NewStream(ctx, description, method, grpc.ForceCodecV2(rawCodec{}))
	if err != nil {
		return err
	}
	go func() {
		for {
			message := new(rawMessage)
			if err := stream.RecvMsg(message); err != nil {
				_ = answer.CloseSend()
				return
			}
			if err := answer.SendMsg(message); err != nil {
				return
			}
		}
	}()
	for {
		message := new(rawMessage)
		if err := answer.RecvMsg(message); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := stream.SendMsg(message); err != nil {
			return err
		}
	}
}
