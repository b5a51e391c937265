"""Other ways to ask which points are in an area: each takes the area as WKB and gives the ids."""

import os
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from bench.reach.world import Sample

POSTGRES = os.environ.get("TOCSIN_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/test")
TABLE = "bench_reach_points"
Ask = Callable[[bytes], np.ndarray]


def bbox(points: Sample) -> Ask:
    """The best peer of a survey of eight: compare with the bounding box, then prepared GEOS for the rest."""

    def ask(area: bytes) -> np.ndarray:
        whole = shapely.from_wkb(area)
        shapely.prepare(whole)
        west, south, east, north = whole.bounds
        near = np.flatnonzero(
            (points.lon >= west) & (points.lon <= east) & (points.lat >= south) & (points.lat <= north)
        )
        return points.ids[near[shapely.intersects_xy(whole, points.lon[near], points.lat[near])]]

    return ask


def tree(points: Sample) -> Ask:
    """shapely's STRtree."""
    built = shapely.STRtree(shapely.points(points.lon, points.lat))
    built.query(shapely.Point(0, 0))  # it is built at the first question

    def ask(area: bytes) -> np.ndarray:
        return points.ids[built.query(shapely.from_wkb(area), predicate="intersects")]

    return ask


def postgis(points: Sample) -> Ask:
    """PostGIS with a GiST index; the ids as one array. Raises `LookupError` where there is none."""
    connection = _connected()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {TABLE} (id bigint, at geometry(Point, 4326))")
        rows = zip(points.ids.tolist(), points.lon.tolist(), points.lat.tolist(), strict=True)
        with cursor.copy("COPY pg_temp." + TABLE + " FROM STDIN") as copy:
            for name, lon, lat in rows:
                copy.write_row((name, f"SRID=4326;POINT({lon!r} {lat!r})"))
        cursor.execute(f"CREATE INDEX ON {TABLE} USING gist (at)")
        cursor.execute(f"ANALYZE {TABLE}")

    def ask(area: bytes) -> np.ndarray:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT array_agg(id) FROM {TABLE} WHERE ST_Covers(ST_GeomFromWKB(%s, 4326), at)",
                (area,),
            )
            return np.array(cursor.fetchone()[0] or [], dtype=np.int64)

    return ask


def _connected() -> Any:
    try:
        import psycopg

        connection = psycopg.connect(POSTGRES, connect_timeout=2, autocommit=True)
    except ImportError as missing:
        raise LookupError("psycopg is not installed") from missing
    except psycopg.OperationalError as silent:
        raise LookupError("no PostgreSQL answers (TOCSIN_TEST_POSTGRES)") from silent
    found = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'").fetchone()
    if not found:
        raise LookupError("this PostgreSQL has no PostGIS")
    connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    return connection


PEERS = {"numpy box, prepared GEOS": bbox, "shapely STRtree": tree, "PostGIS GiST": postgis}


def set_up(name: str, points: Sample) -> tuple[Ask, float]:
    """The peer and its seconds of preparation in this process. Raises `LookupError` with why it can't run."""
    began = time.process_time()
    return PEERS[name](points), time.process_time() - began
