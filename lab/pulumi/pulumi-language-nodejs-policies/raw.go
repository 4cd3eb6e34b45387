package main

import (
	"fmt"

	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/proto"
)

// rawMessage is a message as it is on the wire, to be handed on without knowing what it says.
type rawMessage struct {
	bytes []byte
}

// rawCodec leaves messages as they are.
type rawCodec struct{}

var _ encoding.CodecV2 = rawCodec{}

func (rawCodec) Name() string { return "proto" }

func (rawCodec) Marshal(message any) (mem.BufferSlice, error) {
	switch message := message.(type) {
	case *rawMessage:
		return mem.BufferSlice{mem.SliceBuffer(message.bytes)}, nil
	case proto.Message:
		bytes, err := proto.Marshal(message)
		return mem.BufferSlice{mem.SliceBuffer(bytes)}, err
	}
	return nil, fmt.Errorf("cannot send a %T", message)
}

func (rawCodec) Unmarshal(data mem.BufferSlice, message any) error {
	switch message := message.(type) {
	case *rawMessage:
		message.bytes = data.Materialize()
		return nil
	case proto.Message:
		return proto.Unmarshal(data.Materialize(), message)
	}
	return fmt.Errorf("cannot receive a %T", message)
}
