// Describe prints the structure of LiveKit's telephony messages as JSON: every message that a
// document can hold, its fields, the enums, and the countries that a destination may name.
// schemas/source/structure.json is its output.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/livekit/protocol/livekit"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

type field struct {
	Name       string `json:"name"`
	JSONName   string `json:"json_name"`
	Type       string `json:"type"`
	Of         string `json:"of,omitempty"`
	Repeated   bool   `json:"repeated,omitempty"`
	Map        bool   `json:"map,omitempty"`
	Oneof      string `json:"oneof,omitempty"`
	Deprecated bool   `json:"deprecated,omitempty"`
}

type value struct {
	Name   string `json:"name"`
	Number int32  `json:"number"`
}

type structure struct {
	Protocol  string             `json:"protocol"`
	Messages  map[string][]field `json:"messages"`
	Enums     map[string][]value `json:"enums"`
	Countries []string           `json:"countries"`
}

// What protobuf's JSON writes in a way of its own, by the name of the message.
var wellKnown = map[protoreflect.FullName]string{
	"google.protobuf.Duration":  "duration",
	"google.protobuf.Timestamp": "timestamp",
}

func (s *structure) message(m protoreflect.MessageDescriptor) {
	name := string(m.Name())
	if _, seen := s.Messages[name]; seen {
		return
	}
	fields := []field{}
	s.Messages[name] = fields
	for i := range m.Fields().Len() {
		fields = append(fields, s.field(m.Fields().Get(i)))
	}
	s.Messages[name] = fields
}

func (s *structure) field(f protoreflect.FieldDescriptor) field {
	described := field{
		Name:     string(f.Name()),
		JSONName: f.JSONName(),
		Repeated: f.IsList(),
		Map:      f.IsMap(),
	}
	if o := f.ContainingOneof(); o != nil && !o.IsSynthetic() {
		described.Oneof = string(o.Name())
	}
	if options, ok := f.Options().(interface{ GetDeprecated() bool }); ok {
		described.Deprecated = options.GetDeprecated()
	}
	held := f
	if f.IsMap() {
		held = f.MapValue()
	}
	described.Type = held.Kind().String()
	if m := held.Message(); m != nil {
		if special, ok := wellKnown[m.FullName()]; ok {
			described.Type = special
		} else {
			described.Of = string(m.Name())
			s.message(m)
		}
	}
	if e := held.Enum(); e != nil {
		described.Of = string(e.Name())
		s.enum(e)
	}
	return described
}

func (s *structure) enum(e protoreflect.EnumDescriptor) {
	values := []value{}
	for i := range e.Values().Len() {
		v := e.Values().Get(i)
		values = append(values, value{string(v.Name()), int32(v.Number())})
	}
	s.Enums[string(e.Name())] = values
}

// countries asks the library about every pair of capital letters.
func countries() []string {
	found := []string{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			if (&livekit.Destination{Country: code}).Validate() == nil {
				found = append(found, code)
			}
		}
	}
	return found
}

func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/livekit/protocol" {
			return module.Version
		}
	}
	return ""
}

func main() {
	s := structure{
		Protocol:  version(),
		Messages:  map[string][]field{},
		Enums:     map[string][]value{},
		Countries: countries(),
	}
	for _, m := range []proto.Message{
		&livekit.CreateSIPInboundTrunkRequest{},
		&livekit.CreateSIPOutboundTrunkRequest{},
		&livekit.CreateSIPDispatchRuleRequest{},
		&livekit.CreateSIPParticipantRequest{},
	} {
		s.message(m.ProtoReflect().Descriptor())
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(s); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
