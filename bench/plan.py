"""What the measurements know of the plan: where it lies; and a second one of very many features, made by SQL."""

from dataclasses import dataclass

from bench.scratch import Database

MANY = 30_000
_COLUMNS = """SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
    WHERE table_name = %s AND column_name <> ALL (%s)"""


@dataclass(frozen=True)
class Plan:
    """The plan that is served: its key in the database, its slug, and its box in degrees."""

    id: int
    slug: str
    west: float
    south: float
    east: float
    north: float

    @property
    def words(self) -> dict[str, str]:
        """Return the box as the scripts of wrk read it."""
        return {name.upper(): str(getattr(self, name)) for name in ("west", "south", "east", "north")}


def read(database: Database) -> Plan:
    """Return the plan of a database that holds just one. The box is that of the planning area."""
    id_, slug = database.value("SELECT array[id::text, slug] FROM maps_plan")
    box = database.value(
        "SELECT array[ST_XMin(b), ST_YMin(b), ST_XMax(b), ST_YMax(b)] FROM "
        "(SELECT ST_Extent(geometry) AS b FROM maps_feature WHERE kind = 'scope') AS scope"
    )
    return Plan(int(id_), slug, *box)


def add_many(database: Database, plan: Plan, count: int = MANY) -> None:
    """Load a second plan beside `plan`: a copy of its layers, with `count` polygons over the same ground."""

    def others(table: str, *changed: str) -> str:
        return str(database.value(_COLUMNS, (table, ["id", *changed])))

    plan_columns, layer_columns = others("maps_plan", "slug"), others("maps_layer", "plan_id")
    side = round(count**0.5) + 1
    database.run(
        f"INSERT INTO maps_plan (slug, {plan_columns}) SELECT 'many', {plan_columns} FROM maps_plan",
        f"INSERT INTO maps_layer (plan_id, {layer_columns}) SELECT other.id, {_of('layer', layer_columns)} "
        "FROM maps_layer AS layer, maps_plan AS other WHERE other.slug = 'many'",
        f"""
        INSERT INTO maps_feature (plan_id, layer_id, key, "order", kind, name_zh, name_en, note_zh, note_en,
            subdistrict, basis, error_m, attributes, geometry)
        SELECT layer.plan_id, layer.id, 'many-' || n, n % 30000, kind.key, '地块' || n, 'Parcel ' || n, '', '', '',
            'estimated', 20, '{{}}', ST_Buffer(ST_SetSRID(ST_MakePoint(
                {plan.west} + ({plan.east} - {plan.west}) * (n % {side}) / {side},
                {plan.south} + ({plan.north} - {plan.south}) * (n / {side}) / {side}), 4326), 0.0004, 4)
        FROM generate_series(1, {count}) AS n
        JOIN (SELECT *, row_number() OVER (ORDER BY "order") - 1 AS position, count(*) OVER () AS layers
              FROM maps_layer WHERE plan_id = (SELECT id FROM maps_plan WHERE slug = 'many')) AS layer
            ON layer.position = n % layer.layers
        CROSS JOIN LATERAL (SELECT key FROM jsonb_object_keys(layer.kinds) AS key ORDER BY key LIMIT 1) AS kind
        """,
        "VACUUM ANALYZE",
    )


def _of(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{column}" for column in columns.split(", "))
