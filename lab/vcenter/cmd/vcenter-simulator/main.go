// Command vcenter-simulator runs the lab's simulated vCenter.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"

	"deckhouse-vsphere/lab/vcenter/internal/server"
)

func main() {
	// The simulator logs every call that it refuses. Tests make many of those on purpose.
	log.SetOutput(io.Discard)
	err := run(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "vcenter-simulator: "+err.Error())
		os.Exit(1)
	}
}

func run(arguments []string) error {
	settings, err := parse(arguments, os.Stderr)
	if err != nil {
		return err
	}
	description, err := settings.description()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	running, err := server.Start(ctx, server.Options{
		Inventory:    description,
		Listen:       settings.listen,
		Control:      settings.control,
		Directory:    settings.directory,
		Password:     settings.password,
		GuestSSHPort: settings.guestSSHPort,
	})
	if err != nil {
		return err
	}
	defer running.Close()
	fmt.Printf("vCenter  %s\ncontrol  %s\n", running.Ready.URL, running.Ready.Control)
	if settings.exitWhenStdinCloses {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			stop()
		}()
	}
	<-ctx.Done()
	return nil
}
