-- The websites that may show an event type's booking page in a frame. They go into a header as they are: nothing but origins may be there.
ALTER TABLE "EventType" ADD COLUMN "embedOrigins" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_embed_origins" CHECK (
    cardinality("embedOrigins") <= 50
    AND array_position("embedOrigins", NULL) IS NULL
    AND array_position("embedOrigins", '') IS NULL
    AND array_to_string("embedOrigins", ' ') ~ '^(https?://[a-z0-9_-]+(\.[a-z0-9_-]+)*(:[0-9]{1,5})?( |$))*$'
);
