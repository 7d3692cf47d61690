// Command routing says where LiveKit sends calls, and which trunks and rules it finds in conflict.
//
// It reads one question a line from standard input
//
//	{"id": "7", "trunks": [{…}], "rules": [{…}], "calls": [{"caller": "+1555…", …}]}
//
// (trunks and rules as `lk sip … list --json` prints them) and writes one answer a line:
//
//	{"id": "7", "calls": [{"outcome": "accept", "trunk": "ST_1", …}], "conflicts": {…}}
//
// The decisions are those of the protocol module it is built with: go.mod names the newest,
// older.mod that of livekit-server 1.13.3 (go build -modfile older.mod).
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/livekit/protocol/livekit"
)

type question struct {
	ID     string            `json:"id"`
	Trunks []json.RawMessage `json:"trunks"`
	Rules  []json.RawMessage `json:"rules"`
	Calls  []call            `json:"calls"`
}

type answer struct {
	ID        string     `json:"id"`
	Calls     []route    `json:"calls"`
	Conflicts *conflicts `json:"conflicts"`
}

func reply(q question) (answer, error) {
	trunks, err := read(q.Trunks, func() *livekit.SIPInboundTrunkInfo { return new(livekit.SIPInboundTrunkInfo) })
	if err != nil {
		return answer{}, fmt.Errorf("question %q: trunk %w", q.ID, err)
	}
	rules, err := read(q.Rules, func() *livekit.SIPDispatchRuleInfo { return new(livekit.SIPDispatchRuleInfo) })
	if err != nil {
		return answer{}, fmt.Errorf("question %q: rule %w", q.ID, err)
	}
	// The order in which livekit-server reads its store.
	byID(trunks)
	byID(rules)
	a := answer{ID: q.ID, Conflicts: find(trunks, rules)}
	for _, c := range q.Calls {
		a.Calls = append(a.Calls, c.route(trunks, rules))
	}
	return a, nil
}

func read[T proto.Message](texts []json.RawMessage, empty func() T) ([]T, error) {
	var found []T
	for i, text := range texts {
		message := empty()
		if err := protojson.Unmarshal(text, message); err != nil {
			return nil, fmt.Errorf("%d: %w", i, err)
		}
		found = append(found, message)
	}
	return found, nil
}

func run(in io.Reader, out io.Writer) error {
	questions := json.NewDecoder(bufio.NewReader(in))
	buffered := bufio.NewWriter(out)
	defer buffered.Flush()
	answers := json.NewEncoder(buffered)
	for {
		var q question
		if err := questions.Decode(&q); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		a, err := reply(q)
		if err != nil {
			return err
		}
		if err := answers.Encode(a); err != nil {
			return err
		}
	}
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "routing:", err)
		os.Exit(1)
	}
}
