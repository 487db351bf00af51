"use client";

import type { ComponentProps } from "react";
import { EventTypeForm } from "@/components/event-types/event-type-form";
import { HostsPart } from "@/components/teams/hosts-part";

interface TeamEventTypeFormProps extends Omit<ComponentProps<typeof EventTypeForm>, "hosts" | "schedules"> {
  hosts: Omit<ComponentProps<typeof HostsPart>, "editor">;
}

/** Everything about one event type of a team, on one page: as an organizer's own, with its hosts. */
export function TeamEventTypeForm({ hosts, ...form }: TeamEventTypeFormProps) {
  return (
    <EventTypeForm {...form} schedules={null} hosts={(editor) => <HostsPart {...hosts} editor={editor} />} />
  );
}
