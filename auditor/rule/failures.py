"""The error types of external calls and queries: to swallow one of them is to lose a failure of the outside world."""

EXTERNAL = frozenset(
    """
    requests.RequestException requests.exceptions.RequestException requests.ConnectionError requests.Timeout
    requests.HTTPError requests.exceptions.ConnectionError requests.exceptions.Timeout requests.exceptions.HTTPError
    httpx.HTTPError httpx.RequestError httpx.TransportError httpx.TimeoutException httpx.HTTPStatusError httpx.ConnectError
    aiohttp.ClientError aiohttp.ClientConnectionError aiohttp.ClientResponseError aiohttp.ClientConnectorError
    urllib.error.URLError urllib.error.HTTPError urllib3.exceptions.HTTPError urllib3.exceptions.MaxRetryError
    http.client.HTTPException socket.error socket.timeout socket.gaierror ssl.SSLError
    smtplib.SMTPException ftplib.all_errors ftplib.Error imaplib.IMAP4.error
    botocore.exceptions.ClientError botocore.exceptions.BotoCoreError boto3.exceptions.Boto3Error
    sqlalchemy.exc.SQLAlchemyError sqlalchemy.exc.DBAPIError sqlalchemy.exc.OperationalError sqlalchemy.exc.DatabaseError
    sqlalchemy.exc.InterfaceError sqlalchemy.exc.TimeoutError
    django.db.DatabaseError django.db.OperationalError django.db.Error django.db.InterfaceError
    django.db.utils.DatabaseError django.db.utils.OperationalError django.db.utils.Error django.db.utils.InterfaceError
    psycopg2.Error psycopg2.DatabaseError psycopg2.OperationalError psycopg.Error psycopg.OperationalError
    asyncpg.PostgresError pymysql.Error pymysql.MySQLError MySQLdb.Error sqlite3.Error sqlite3.DatabaseError
    sqlite3.OperationalError peewee.PeeweeException peewee.DatabaseError peewee.OperationalError
    redis.RedisError redis.exceptions.RedisError redis.ConnectionError redis.exceptions.ConnectionError redis.TimeoutError
    elasticsearch.ElasticsearchException elasticsearch.ApiError elasticsearch.TransportError pymongo.errors.PyMongoError
    pymongo.errors.ConnectionFailure kafka.errors.KafkaError pika.exceptions.AMQPError
    kombu.exceptions.OperationalError celery.exceptions.OperationalError grpc.RpcError paramiko.SSHException
    paramiko.ssh_exception.SSHException stripe.error.StripeError stripe.StripeError slack_sdk.errors.SlackApiError
    twilio.base.exceptions.TwilioException ldap.LDAPError ldap3.core.exceptions.LDAPException
    openai.OpenAIError openai.APIError anthropic.APIError
    """.split()
)
"""Dotted names as they are written, by the file's imports."""
