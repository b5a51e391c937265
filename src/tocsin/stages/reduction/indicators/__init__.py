"""Indicators: counts that are watched for more than their past explains."""
